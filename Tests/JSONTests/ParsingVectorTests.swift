import JSON
import Testing

/// The parsing vectors of JSONTestSuite: `y_` must be accepted, `n_` refused, `i_` may be either but must not crash.
struct ParsingVectorTests {
    private static let folder = "json-parsing/test_parsing"

    /// Vectors whose objects name a member twice: well formed, and refused by default.
    private static let duplicates: Set = ["y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json"]

    @Test(
        .enabled(if: Vectors.exist(at: folder), Vectors.missing),
        arguments: Vectors.files(at: folder)
    )
    func `accepts and refuses as the published vectors say`(file: Vector) throws {
        let bytes = try file.bytes
        var limits = JSONLimits(depth: 1024)
        limits.refusesDuplicateNames = !Self.duplicates.contains(file.name)
        let document = try? JSONDocument(parsing: bytes, limits: limits)
        switch file.name.prefix(2) {
        case "y_": #expect(document != nil)
        case "n_": #expect(document == nil)
        default: _ = document?.root.value
        }
        if Self.duplicates.contains(file.name) {
            #expect(throws: JSONParseError.self) { try JSONDocument(parsing: bytes) }
        }
        guard let root = document?.root, file.name.hasPrefix("y_") else { return }
        let written = root.value.serialized
        // Not the values themselves: 1E+2 is a double that is written as an integer.
        #expect(try JSONValue(parsing: written).serialized == written)
    }
}

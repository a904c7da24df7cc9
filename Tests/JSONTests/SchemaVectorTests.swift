import JSON
import Testing

/// The required part of the JSON Schema test suite for draft 2020-12.
struct SchemaVectorTests {
    private static let folder = "json-schema/draft2020-12"

    /// Groups whose schemas lead to documents outside of the file.
    ///
    /// We fetch nothing, so these must not compile.
    private static let remote: Set = [
        "dynamicRef.json: strict-tree schema, guards against misspelled properties",
        "dynamicRef.json: tests for implementation dynamic anchor and reference link",
        "dynamicRef.json: $ref and $dynamicAnchor are independent of order - $defs first",
        "dynamicRef.json: $ref and $dynamicAnchor are independent of order - $ref first",
        "dynamicRef.json: $ref to $dynamicRef finds detached $dynamicAnchor",
        "vocabulary.json: schema that uses custom metaschema with with no validation vocabulary",
        "vocabulary.json: ignore unrecognized optional vocabulary",
    ]

    @Test(
        .enabled(if: Vectors.exist(at: folder), Vectors.missing),
        arguments: Vectors.files(at: folder)
    )
    func `answers as the published vectors say`(file: Vector) throws {
        let groups = try JSONDocument(parsing: try file.bytes, limits: JSONLimits(depth: 256)).root
        for group in groups.elements {
            let title = "\(file.name): \(group["description"]?.string ?? "")"
            let schema = try #require(group["schema"]).value
            if file.name == "refRemote.json" || Self.remote.contains(title) {
                #expect(throws: JSONSchemaError.self, "\(title)") { try JSONSchema(compiling: schema) }
                continue
            }
            let compiled: JSONSchema
            do {
                compiled = try JSONSchema(compiling: schema)
            } catch {
                Issue.record("\(title): \(error)")
                continue
            }
            for test in try #require(group["tests"]).elements {
                let violations = compiled.violations(in: try #require(test["data"]))
                let detail = "\(title) / \(test["description"]?.string ?? ""): \(violations.map(\.message))"
                #expect(violations.isEmpty == test["valid"]?.bool, "\(detail)")
            }
        }
    }
}

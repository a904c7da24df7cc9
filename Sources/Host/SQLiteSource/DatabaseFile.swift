internal import FoundationEssentials

/// One database file of a source, under the name its tables have in statements.
struct DatabaseFile: Hashable, Sendable {
    /// Nil for the main file, whose tables need no schema name.
    let schema: String?
    let path: String

    /// Whether the file is there, is a file and may be read.
    func check() throws(SQLiteSetupError) {
        var isDirectory = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory), !isDirectory else {
            throw .missingFile(path: path)
        }
        guard FileManager.default.isReadableFile(atPath: path) else { throw .unreadableFile(path: path) }
    }

    /// The files of a source, in the order they are opened, when their schema names are acceptable.
    static func all(
        path: String,
        attached: [(schema: String, path: String)]
    ) throws(SQLiteSetupError) -> [DatabaseFile] {
        guard attached.count <= 10 else { throw .tooManySchemas(attached.count) }
        var names: Set<String> = ["main", "temp"]
        for (schema, _) in attached where !isIdentifier(schema) || !names.insert(schema.lowercased()).inserted {
            throw .invalidSchemaName(schema)
        }
        return [DatabaseFile(schema: nil, path: path)]
            + attached.map { DatabaseFile(schema: $0.schema, path: $0.path) }
    }

    private static func isIdentifier(_ name: String) -> Bool {
        guard let first = name.utf8.first, first == UInt8(ascii: "_") || isLetter(first) else { return false }
        return name.utf8.allSatisfy { $0 == UInt8(ascii: "_") || isLetter($0) || (0x30...0x39).contains($0) }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
}

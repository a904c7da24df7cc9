import FoundationEssentials

/// The Swift files of the repository as this test reads them.
struct SourceTree {
    /// One file: where it is, and its lines.
    struct File {
        /// The path below the repository's root.
        let path: String
        let lines: [String]

        /// The modules it imports, without their access levels.
        var imports: [String] {
            lines.compactMap { line in
                var words = line.split(separator: " ")[...]
                while let first = words.first,
                    ["public", "package", "internal", "private", "@testable"].contains(first)
                {
                    words = words.dropFirst()
                }
                guard words.first == "import", let module = words.dropFirst().first else { return nil }
                return String(module)
            }
        }
    }

    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// All Swift files below a folder of the repository.
    static func files(below folder: String) throws -> [File] {
        let base = root.appending(path: folder)
        return try FileManager.default.subpathsOfDirectory(atPath: base.path())
            .filter { $0.hasSuffix(".swift") && !$0.contains("/Fixtures/") }
            .sorted()
            .map { path in
                let text = try String(contentsOf: base.appending(path: path), encoding: .utf8)
                let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
                return File(path: folder + "/" + path, lines: lines)
            }
    }
}

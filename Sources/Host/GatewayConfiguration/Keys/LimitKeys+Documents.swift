/// The limits of indexing and searching documents.
extension LimitKeys {
    static var documents: [SettingKey<LimitSettings>] {
        [
            .integer(
                "document_files",
                \.documentFiles,
                1...1_000_000,
                "Files and folders below a folder of documents; with more it is not indexed"
            ),
            .integer("document_bytes", \.documentBytes, bytes, "The longest document; a longer one is left out"),
            .integer(
                "document_passages",
                \.documentPassages,
                1...100,
                takes: .atStart,
                "Passages of documents in one answer"
            ),
        ]
    }
}

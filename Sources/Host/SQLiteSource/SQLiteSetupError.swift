/// Why a SQLite source cannot be set up.
///
/// For the operator who wrote the configuration: it names files.
package enum SQLiteSetupError: Error, Hashable, Sendable {
    /// There is no file at the path, or it is a directory.
    case missingFile(path: String)
    /// The file is there and cannot be read.
    case unreadableFile(path: String)
    /// The file is not a SQLite database, or an encrypted one.
    case notDatabase(path: String)
    /// A schema name that is no plain identifier, is reserved (`main`, `temp`) or is used twice.
    case invalidSchemaName(String)
    /// More schemas than SQLite attaches (10).
    case tooManySchemas(Int)
    /// SQLite refused to open or prepare the file.
    case failed(path: String, detail: String)
}

extension SQLiteSetupError: CustomStringConvertible {
    /// One sentence that says what to change.
    package var description: String {
        switch self {
        case .missingFile(let path): "There is no database file at \(path)."
        case .unreadableFile(let path): "The database file \(path) cannot be read; check its owner and mode."
        case .notDatabase(let path): "The file \(path) is not a SQLite database."
        case .invalidSchemaName(let name):
            "\"\(name)\" cannot name an attached schema: use letters, digits and _, once each, not main or temp."
        case .tooManySchemas(let count): "\(count) schemas are attached; SQLite allows 10."
        case .failed(let path, let detail): "The database \(path) cannot be opened: \(detail)."
        }
    }
}

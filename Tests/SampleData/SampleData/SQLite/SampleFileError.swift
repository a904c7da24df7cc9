/// Why the files could not be written.
package enum SampleFileError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The folder cannot be made.
    case folderNotWritable(String)
    /// A file cannot be written; the second text is what the system or SQLite says.
    case fileNotWritten(String, String)

    package var description: String {
        switch self {
        case .folderNotWritable(let folder): "The folder \(folder) cannot be made; choose one you may write to."
        case .fileNotWritten(let name, let reason): "\(name) could not be written: \(reason)"
        }
    }
}

/// Why a value cannot be read as the type asked for, and where.
public struct JSONDecodingError: Error, Hashable, Sendable {
    /// Where in the value that was decoded.
    public let path: JSONPath
    /// What is wrong there, as a phrase that quotes nothing of the value.
    public let message: String

    /// Creates an error.
    public init(path: JSONPath, message: String) {
        self.path = path
        self.message = message
    }
}

extension JSONDecodingError: CustomStringConvertible {
    /// The place and what is wrong there.
    public var description: String {
        path.tokens.isEmpty ? "the value \(message)" : "\(path) \(message)"
    }
}

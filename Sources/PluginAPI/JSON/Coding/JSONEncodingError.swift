/// Why a value cannot be written as JSON, and where in it.
public struct JSONEncodingError: Error, Hashable, Sendable {
    /// Where in the value that was encoded.
    public let path: JSONPath
    /// What is wrong there.
    public let message: String

    /// Creates an error.
    public init(path: JSONPath, message: String) {
        self.path = path
        self.message = message
    }
}

extension JSONEncodingError: CustomStringConvertible {
    /// The place and what is wrong there.
    public var description: String {
        path.tokens.isEmpty ? "the value \(message)" : "\(path) \(message)"
    }
}

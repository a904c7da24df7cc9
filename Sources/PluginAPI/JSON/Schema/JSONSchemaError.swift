/// Why a schema cannot be compiled.
public struct JSONSchemaError: Error, Hashable, Sendable {
    /// Where in the schema.
    public let path: JSONPath
    /// What is wrong there.
    public let message: String

    /// Creates an error.
    public init(path: JSONPath, message: String) {
        self.path = path
        self.message = message
    }
}

extension JSONSchemaError: CustomStringConvertible {
    /// The place and what is wrong there.
    public var description: String {
        path.tokens.isEmpty ? "the schema \(message)" : "\(path) \(message)"
    }
}

/// One thing wrong with a value.
public struct JSONSchemaViolation: Hashable, Sendable {
    /// Where in the value.
    ///
    /// Names that are long or hold control characters are shortened, fit to be shown.
    public let path: JSONPath
    /// What is wrong and what would be right, as a phrase a caller can act on.
    public let message: String

    /// Creates a violation.
    public init(path: JSONPath, message: String) {
        self.path = path
        self.message = message
    }
}

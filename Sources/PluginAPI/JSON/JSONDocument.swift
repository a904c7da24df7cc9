/// A JSON text that was read once: its bytes, and where the values in it are.
///
/// No tree is built.
public struct JSONDocument: Sendable {
    let storage: JSONStorage

    /// Reads one JSON text.
    /// - Throws: `JSONParseError` with the byte offset of the first fault.
    public init(parsing text: ArraySlice<UInt8>, limits: JSONLimits = .standard) throws(JSONParseError) {
        let tape = try JSONScanner.tape(of: text.span, limits: limits)
        storage = JSONStorage(text: text, tape: tape, hasUniqueNames: limits.refusesDuplicateNames)
    }

    /// Reads one JSON text.
    /// - Throws: `JSONParseError` with the byte offset of the first fault.
    public init(parsing text: [UInt8], limits: JSONLimits = .standard) throws(JSONParseError) {
        try self.init(parsing: text[...], limits: limits)
    }

    /// The value the text is.
    public var root: JSONNode { JSONNode(storage: storage, position: 0) }
}

extension JSONValue {
    /// Reads one JSON text into a tree.
    /// - Throws: `JSONParseError` with the byte offset of the first fault.
    public init(parsing text: [UInt8], limits: JSONLimits = .standard) throws(JSONParseError) {
        self = try JSONDocument(parsing: text, limits: limits).root.value
    }

    /// Reads one JSON text into a tree.
    /// - Throws: `JSONParseError` with the byte offset of the first fault.
    public init(parsing text: String, limits: JSONLimits = .standard) throws(JSONParseError) {
        try self.init(parsing: Array(text.utf8), limits: limits)
    }
}

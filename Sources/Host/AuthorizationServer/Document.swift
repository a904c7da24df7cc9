import JSON

/// Values as the JSON texts that are sealed.
enum Document {
    static func bytes(_ value: some Encodable) -> [UInt8] {
        // Our own values have neither numbers nor nesting that could not be written.
        guard let bytes = try? JSONBytesEncoder().encode(value) else { preconditionFailure("a document of ours") }
        return bytes
    }

    /// The value; nil for a text of an earlier version that reads no more.
    static func value<Value: Decodable>(_ type: Value.Type, _ bytes: [UInt8]) -> Value? {
        guard let document = try? JSONDocument(parsing: bytes) else { return nil }
        return try? JSONNodeDecoder().decode(type, from: document.root)
    }
}

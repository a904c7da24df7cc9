public import JSON

/// One piece of what a person or a model reads: of a tool's answer, or a prompt's message.
public enum ContentBlock: Hashable, Sendable {
    /// Text.
    case text(String)
    /// A picture, of a type such as `image/png`.
    case image([UInt8], mimeType: String)
    /// A sound, of a type such as `audio/wav`.
    case audio([UInt8], mimeType: String)
    /// What a resource holds, under its local address; outside the host puts the namespace before it.
    case resource(uri: String, mimeType: String, ResourceContent)

    /// The block as MCP writes it.
    public var document: JSONValue {
        switch self {
        case .text(let text): ["type": "text", "text": .string(text)]
        case .image(let bytes, let mimeType): Self.media("image", bytes, mimeType)
        case .audio(let bytes, let mimeType): Self.media("audio", bytes, mimeType)
        case .resource(let uri, let mimeType, let content):
            ["type": "resource", "resource": content.document(uri: uri, mimeType: mimeType)]
        }
    }

    private static func media(_ type: String, _ bytes: [UInt8], _ mimeType: String) -> JSONValue {
        ["type": .string(type), "data": .string(Base64Text.encoded(bytes)), "mimeType": .string(mimeType)]
    }
}

extension ResourceContent {
    /// The content as MCP writes it, with where it comes from.
    func document(uri: String, mimeType: String, metadata: JSONValue? = nil) -> JSONValue {
        let (member, value) =
            switch self {
            case .text(let text): ("text", text)
            case .bytes(let bytes): ("blob", Base64Text.encoded(bytes))
            }
        var object = JSONObject()
        object["uri"] = .string(uri)
        object["mimeType"] = .string(mimeType)
        object[member] = .string(value)
        if let metadata { object["_meta"] = metadata }
        return .object(object)
    }
}

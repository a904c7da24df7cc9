import JSON

/// A picture that clients may show beside a tool, resource or prompt.
public struct Icon: Hashable, Sendable {
    /// The types of picture that clients show.
    public enum Kind: String, Hashable, Sendable {
        case png = "image/png"
        case jpeg = "image/jpeg"
        case webp = "image/webp"
        case svg = "image/svg+xml"
    }

    /// The background a picture is made for.
    public enum Theme: String, Hashable, Sendable {
        case light, dark
    }

    /// An `https:` URL or a `data:` URI.
    public let source: String
    /// The type of the picture; nil when only the picture says.
    public let kind: Kind?
    /// Such as `48x48`, or `any` for a picture that scales.
    public let sizes: [String]
    /// The background it is made for; nil for any.
    public let theme: Theme?

    /// Names a picture that clients load from an `https:` URL.
    public init(_ url: String, _ kind: Kind? = nil, sizes: [String] = [], theme: Theme? = nil) {
        source = url
        self.kind = kind
        self.sizes = sizes
        self.theme = theme
    }

    /// Puts a picture into the manifest; 12 kB are the most with the gateway's usual limit.
    public init(embedding picture: [UInt8], _ kind: Kind, sizes: [String] = [], theme: Theme? = nil) {
        self.init("data:\(kind.rawValue);base64,\(Base64Text.encoded(picture))", kind, sizes: sizes, theme: theme)
    }

    var document: JSONValue {
        var object = JSONObject()
        object["src"] = .string(source)
        object["mimeType"] = (kind?.rawValue).map(JSONValue.string)
        if !sizes.isEmpty { object["sizes"] = .array(sizes.map(JSONValue.string)) }
        object["theme"] = (theme?.rawValue).map(JSONValue.string)
        return .object(object)
    }
}

extension JSONObject {
    /// Adds what every kind of item may have for clients; nothing when there is nothing.
    mutating func add(icons: [Icon], metadata: JSONValue?) {
        if !icons.isEmpty { self["icons"] = .array(icons.map(\.document)) }
        self["_meta"] = metadata
    }
}

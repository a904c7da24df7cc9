public import JSON

/// What an HTTP source answered.
public struct SourceAnswer: Sendable {
    /// The HTTP status.
    public let status: Int
    /// The body, when it was JSON.
    public let json: JSONNode?
    /// The body as text, when it was text but not JSON.
    public let text: String?
    /// The body as bytes, when it was neither JSON nor UTF-8.
    public let bytes: [UInt8]?
    /// Response header fields the host passes on, names in lower case.
    public let headers: [String: String]
    /// Whether the body was cut.
    public let isTruncated: Bool

    /// The body as text, with a mark for each byte that belongs to no character of UTF-8; nil for JSON.
    ///
    /// For files that programs write, of which nobody knows the encoding.
    public var repairedText: String? {
        text ?? bytes.map { String(decoding: $0, as: UTF8.self) }
    }

    init(_ reply: JSONNode) throws(ToolError) {
        guard let status = reply["status"]?.integer else {
            throw ToolError(.internal, "The gateway answered in a form this plugin cannot read.")
        }
        self.status = status
        let encoding = reply["encoding"]?.string
        json = encoding == "json" ? reply["body"] : nil
        text = encoding == "text" ? reply["body"]?.string : nil
        bytes = encoding == "base64" ? reply["body"]?.string.flatMap(Base64Text.decoded) : nil
        isTruncated = reply["truncated"]?.bool ?? false
        var headers: [String: String] = [:]
        for member in reply["headers"].map({ Array($0.members) }) ?? [] {
            headers[member.name.lowercased()] = member.value.string
        }
        self.headers = headers
    }
}

public import JSON

/// What an HTTP source answered.
public struct SourceAnswer: Sendable {
    /// The HTTP status.
    public let status: Int
    /// The body, when it was JSON.
    public let json: JSONNode?
    /// The body as text, when it was text but not JSON.
    public let text: String?
    /// Response header fields the host passes on, names in lower case.
    public let headers: [String: String]
    /// Whether the body was cut.
    public let isTruncated: Bool

    init(_ reply: JSONNode) throws(ToolError) {
        guard let status = reply["status"]?.integer else {
            throw ToolError(.internal, "The gateway answered in a form this plugin cannot read.")
        }
        self.status = status
        let encoding = reply["encoding"]?.string
        json = encoding == "json" ? reply["body"] : nil
        text = encoding == "text" ? reply["body"]?.string : nil
        isTruncated = reply["truncated"]?.bool ?? false
        var headers: [String: String] = [:]
        for member in reply["headers"].map({ Array($0.members) }) ?? [] {
            headers[member.name.lowercased()] = member.value.string
        }
        self.headers = headers
    }
}

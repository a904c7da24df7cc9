public import JSON

/// The message that answered another.
public struct MessageAnswer: Sendable {
    /// The body, when it was JSON.
    public let json: JSONNode?
    /// The body as text, when it was text but not JSON.
    public let text: String?
    /// The headers that mean something to a plugin, with their names as they came.
    public let headers: [String: String]

    init(_ reply: JSONNode) throws(ToolError) {
        guard let encoding = reply["encoding"]?.string else {
            throw ToolError(.internal, "The gateway answered in a form this plugin cannot read.")
        }
        json = encoding == "json" ? reply["body"] : nil
        text = encoding == "text" ? reply["body"]?.string : nil
        var headers: [String: String] = [:]
        for member in reply["headers"].map({ Array($0.members) }) ?? [] {
            headers[member.name] = member.value.string
        }
        self.headers = headers
    }
}

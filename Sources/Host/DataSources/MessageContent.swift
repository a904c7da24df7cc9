internal import GatewayCore
internal import JSON

/// The headers and the body of a message, as a plugin gives them and as it gets them.
struct MessageContent {
    private(set) var headers: [MessageHeader]
    let body: [UInt8]
    private let node: JSONNode

    /// Takes them from an operation's body.
    init(_ operation: OperationBody) throws(ServiceFailure) {
        guard let node = operation.node("body") else { throw ServiceFailure(.invalidArgument, "\"body\" is missing.") }
        self.node = node
        headers = try operation.fields("headers").map { MessageHeader($0.name, $0.value) }
        body = node.string.map { Array($0.utf8) } ?? Array(node.bytes)
        if node.string == nil, !headers.contains(where: { $0.name == "content-type" }) {
            headers.append(MessageHeader("content-type", "application/json"))
        }
    }

    /// The body of a message whose readers look for the queue for answers in a member of it.
    func body(naming member: String?) throws(ServiceFailure) -> @Sendable (String) -> [UInt8] {
        let body = body
        guard let member else { return { _ in body } }
        guard node.kind == .object, !member.isEmpty, node[member] == nil else {
            throw ServiceFailure(
                .invalidArgument,
                "\"reply_member\" must name a member that \"body\", an object, does not have."
            )
        }
        let members = node.members.map { (name: $0.name, value: Array($0.value.bytes)) }
        return { replyTo in
            var writer = JSONWriter(capacity: body.count + member.utf8.count + replyTo.utf8.count + 8)
            writer.beginObject()
            for member in members {
                writer.name(member.name)
                writer.writeRaw(member.value)
            }
            writer.name(member)
            writer.write(replyTo)
            writer.endObject()
            return writer.bytes
        }
    }

    /// The headers of an answer that mean something to a plugin, the first one of each name.
    static func passedOn(_ headers: [MessageHeader]) -> [MessageHeader] {
        var seen = ofConnection
        return headers.filter { seen.insert($0.name).inserted }
    }

    /// What only the connection that got the message can make use of.
    private static let ofConnection: Set<String> = [
        "ack", "content-length", "correlation-id", "destination", "message-id", "reply-to", "subscription",
    ]

    /// The form of an answer's body; one that does not say what it is counts as JSON when it looks so, because few
    /// programs say.
    static func form(of reply: MessageReply, depth: Int) -> ResponseBody {
        var type = reply.headers.first { $0.name == "content-type" }?.value
        let brackets = [UInt8(ascii: "{"), UInt8(ascii: "[")]
        if type == nil, reply.body.first.map(brackets.contains) == true { type = "application/json" }
        let headers = type.map { [HTTPField("content-type", $0)] } ?? []
        return ResponseBody(FetchResponse(status: 200, headers: headers, body: reply.body), depth: depth)
    }
}

package import JSON

extension JSONRPCMessage {
    /// Reads one message (2026-07-28 basic, "Messages"; the same in all revisions).
    /// - Throws: `MessageFault` with -32600 for anything that is not a request, a notification or a response.
    package init(_ node: JSONNode) throws(MessageFault) {
        guard node.kind == .object else {
            throw Self.fault(nil, node.kind == .array ? "Batches are not accepted." : "A message is a JSON object.")
        }
        let parts = Parts(node)
        let id = parts.id.flatMap(RequestIdentifier.init)
        guard let version = parts.version, version.isString("2.0") else {
            throw Self.fault(id, "The member \"jsonrpc\" must be \"2.0\".")
        }
        guard let methodNode = parts.method else {
            guard parts.hasOutcome else { throw Self.fault(id, "The member \"method\" is missing.") }
            self = .response(JSONRPCResponse(id: parts.id?.string, result: parts.result))
            return
        }
        guard let method = methodNode.string else { throw Self.fault(id, "The member \"method\" must be a string.") }
        if let parameters = parts.parameters, parameters.kind != .object {
            throw Self.fault(id, "The member \"params\" must be an object.")
        }
        guard parts.id != nil else {
            self = .notification(method: method, parameters: parts.parameters)
            return
        }
        guard let id else { throw Self.fault(nil, "The member \"id\" must be a string or an integer.") }
        self = .request(JSONRPCRequest(id: id, method: method, parameters: parts.parameters))
    }

    private static func fault(_ id: RequestIdentifier?, _ message: String) -> MessageFault {
        MessageFault(id: id, error: ProtocolError(.invalidRequest, message))
    }
}

/// The members of a message that matter, found in one pass.
private struct Parts {
    var version: JSONNode?
    var id: JSONNode?
    var method: JSONNode?
    var parameters: JSONNode?
    var result: JSONNode?
    var error: JSONNode?

    var hasOutcome: Bool { result != nil || error != nil }

    init(_ node: JSONNode) {
        for member in node.members {
            if member.key.isString("jsonrpc") {
                version = member.value
            } else if member.key.isString("id") {
                id = member.value
            } else if member.key.isString("method") {
                method = member.value
            } else if member.key.isString("params") {
                parameters = member.value
            } else if member.key.isString("result") {
                result = member.value
            } else if member.key.isString("error") {
                error = member.value
            }
        }
    }
}

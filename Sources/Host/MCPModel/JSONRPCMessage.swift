package import JSON

/// One JSON-RPC message, read in place: its parts still lie in the document.
package enum JSONRPCMessage: Sendable {
    case request(JSONRPCRequest)
    case notification(method: String, parameters: JSONNode?)
    /// A client's answer to a request of the server.
    case response(JSONRPCResponse)
}

/// What a client answers to a request of the server.
package struct JSONRPCResponse: Sendable {
    /// The id of the request, which was a string; nil for anything else.
    package let id: String?
    /// Nil when the client answers with an error.
    package let result: JSONNode?
}

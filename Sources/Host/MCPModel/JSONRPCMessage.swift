package import JSON

/// One JSON-RPC message, read in place: its parts still lie in the document.
package enum JSONRPCMessage: Sendable {
    case request(JSONRPCRequest)
    case notification(method: String, parameters: JSONNode?)
    /// A client's answer to a request of the server.
    case response
}

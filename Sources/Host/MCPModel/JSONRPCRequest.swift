package import JSON

/// A message that wants an answer.
package struct JSONRPCRequest: Sendable {
    package let id: RequestIdentifier
    package let method: String
    /// An object, or nil when there is none.
    package let parameters: JSONNode?

    package init(id: RequestIdentifier, method: String, parameters: JSONNode?) {
        self.id = id
        self.method = method
        self.parameters = parameters
    }

    /// The `_meta` object of the parameters.
    package var meta: JSONNode? { parameters?["_meta"] }
}

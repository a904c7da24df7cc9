package import JSON

/// A request to call a tool (2026-07-28 server/tools, "Calling tools").
package struct CallToolRequest: Sendable {
    package static let method = "tools/call"
    /// The member of the parameters that `Mcp-Name` repeats.
    package static let nameMember = "name"

    package let name: String
    /// An object; an empty one when the client gave none.
    package let arguments: JSONNode

    /// Reads the parameters of `tools/call`.
    /// - Throws: -32602 naming the member that is wrong.
    package init(_ parameters: JSONNode?) throws(ProtocolError) {
        guard let name = parameters?[Self.nameMember]?.string else {
            throw ProtocolError(.invalidParameters, "params.name is required and must be a string.")
        }
        self.name = name
        arguments = try Self.arguments(parameters?["arguments"])
    }

    /// Null counts as absent, as it does for every optional value.
    private static func arguments(_ node: JSONNode?) throws(ProtocolError) -> JSONNode {
        if let node, !node.isNull {
            guard node.kind == .object else {
                throw ProtocolError(.invalidParameters, "params.arguments must be an object.")
            }
            return node
        }
        do {
            return try JSONDocument(parsing: Array("{}".utf8)).root
        } catch {
            throw ProtocolError(error)
        }
    }
}

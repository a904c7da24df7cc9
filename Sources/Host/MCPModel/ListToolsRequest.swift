package import JSON

/// A request for a page of the tools (2026-07-28 server/tools, "Listing tools").
package struct ListToolsRequest: Sendable {
    package static let method = "tools/list"

    /// Where the page before ended; nil for the first page.
    package let cursor: String?

    /// Reads the parameters of `tools/list`.
    /// - Throws: -32602 for a cursor that is not a string.
    package init(_ parameters: JSONNode?) throws(ProtocolError) {
        guard let node = parameters?["cursor"], !node.isNull else {
            cursor = nil
            return
        }
        guard let text = node.string else {
            throw ProtocolError(.invalidParameters, "params.cursor must be a string.")
        }
        cursor = text
    }
}

package import PluginKit

/// Lists runs.
package protocol RunListing: Sendable {
    /// All runs that are known, in no order.
    func runs(in context: CallContext) async throws(ToolError) -> [RunListItem]
}

package import GatewayCore

/// Shows a caller the tools of a view: those it may see, and nothing of the others.
package protocol ToolListing: Sendable {
    /// One page of the tools, in the order of namespace and name.
    /// - Throws: `CursorError` when the cursor is not one that this list gave out.
    func tools(
        in view: View,
        for principal: Principal,
        form: ToolForm,
        after cursor: String?
    ) throws(CursorError) -> ToolPage

    /// Whether the list holds only the gateway's own tools, which find the others.
    func isSearched(_ view: View, for principal: Principal) -> Bool

    /// Whether the caller sees a tool that has a user interface.
    func hasInterfaces(in view: View, for principal: Principal) -> Bool

    /// The namespaces of a view in which the caller sees anything, in order.
    func namespaces(in view: View, for principal: Principal) -> [NamespaceSummary]
}

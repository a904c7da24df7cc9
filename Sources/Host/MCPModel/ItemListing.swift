package import GatewayCore

/// Shows a caller the resources, templates and prompts of a view: those it may see, and nothing of the others.
package protocol ItemListing: Sendable {
    /// One page of the items of a kind, in the order of namespace and name.
    /// - Throws: `CursorError` when the cursor is not one that this list gave out.
    func items(
        _ kind: ItemDescription.Kind,
        in view: View,
        for principal: Principal,
        revision: Revision,
        after cursor: String?
    ) throws(CursorError) -> ItemPage
}

/// Items of one kind as they go on the wire.
package struct ItemPage: Hashable, Sendable {
    package let kind: ItemDescription.Kind
    /// One JSON object for each item, with commas between them: the inside of an array.
    package let definitions: [UInt8]
    /// What to ask for the next page with; nil on the last.
    package let nextCursor: String?

    package init(kind: ItemDescription.Kind, definitions: [UInt8], nextCursor: String?) {
        self.kind = kind
        self.definitions = definitions
        self.nextCursor = nextCursor
    }
}

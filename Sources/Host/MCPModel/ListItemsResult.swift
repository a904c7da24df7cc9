package import JSON

/// A page of resources, templates or prompts.
package struct ListItemsResult: ServerResult {
    private let page: ItemPage
    package let cacheHints: CacheHints?

    package init(page: ItemPage, cacheHints: CacheHints) {
        self.page = page
        self.cacheHints = cacheHints
    }

    package var estimatedSize: Int { page.definitions.count + 128 }

    package func writeMembers(to writer: inout JSONWriter, revision: Revision) {
        writer.name(page.kind.listMember)
        writer.beginArray()
        if !page.definitions.isEmpty { writer.writeRaw(page.definitions) }
        writer.endArray()
        if let cursor = page.nextCursor {
            writer.name("nextCursor")
            writer.write(cursor)
        }
    }
}

package import JSON

/// A page of the tools.
package struct ListToolsResult: ServerResult {
    private let page: ToolPage
    package let cacheHints: CacheHints?

    package init(page: ToolPage, cacheHints: CacheHints) {
        self.page = page
        self.cacheHints = cacheHints
    }

    package var estimatedSize: Int { page.definitions.count + 128 }

    package func writeMembers(to writer: inout JSONWriter, revision: Revision) {
        writer.name("tools")
        writer.beginArray()
        if !page.definitions.isEmpty { writer.writeRaw(page.definitions) }
        writer.endArray()
        if let cursor = page.nextCursor {
            writer.name("nextCursor")
            writer.write(cursor)
        }
    }
}

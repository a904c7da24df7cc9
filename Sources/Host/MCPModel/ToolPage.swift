/// Tools as they go on the wire.
package struct ToolPage: Hashable, Sendable {
    /// One JSON object for each tool, with commas between them: the inside of an array.
    package let definitions: [UInt8]
    /// What to ask for the next page with; nil on the last.
    package let nextCursor: String?

    package init(definitions: [UInt8], nextCursor: String?) {
        self.definitions = definitions
        self.nextCursor = nextCursor
    }
}

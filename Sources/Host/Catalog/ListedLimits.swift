/// How much a view lists before the gateway's own tools stand in.
package struct ListedLimits: Hashable, Sendable {
    package var tools: Int
    /// Of definitions as the newest clients get them, with the commas between them.
    package var bytes: Int

    package init(tools: Int = 100, bytes: Int = 100_000) {
        self.tools = tools
        self.bytes = bytes
    }
}

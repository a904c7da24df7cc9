package import JSON

/// A tool as its provider describes it, under its local name.
package struct ToolDescription: Hashable, Sendable {
    package let localName: String
    package let title: String?
    package let description: String
    /// An object schema (draft 2020-12), published as it was written.
    package let inputSchema: JSONValue
    package let outputSchema: JSONValue?
    /// The MCP annotations object: `readOnlyHint`, `destructiveHint`, `idempotentHint`, `openWorldHint`, `title`.
    package let annotations: JSONValue?
    package let icons: [Icon]
    /// The object published as `_meta`; nil for none.
    package let meta: JSONValue?
    /// The provider's own time limit.
    package let timeout: Duration?

    package init(
        localName: String,
        title: String? = nil,
        description: String,
        inputSchema: JSONValue,
        outputSchema: JSONValue? = nil,
        annotations: JSONValue? = nil,
        icons: [Icon] = [],
        meta: JSONValue? = nil,
        timeout: Duration? = nil
    ) {
        self.localName = localName
        self.title = title
        self.description = description
        self.inputSchema = inputSchema
        self.outputSchema = outputSchema
        self.annotations = annotations
        self.icons = icons
        self.meta = meta
        self.timeout = timeout
    }

    /// Whether the tool says that it only reads.
    package var isReadOnly: Bool { annotations?["readOnlyHint"]?.bool ?? false }

    /// Whether the tool says that it may destroy something.
    package var isDestructive: Bool { annotations?["destructiveHint"]?.bool ?? false }
}

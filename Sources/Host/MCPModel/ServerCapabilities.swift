import JSON

/// What the server offers; only what is really served is declared.
package struct ServerCapabilities: Hashable, Sendable {
    private static let interfaces = "io.modelcontextprotocol/ui"

    /// Whether clients are told when a list changes.
    package let announcesChanges: Bool
    package let hasResources: Bool
    package let hasPrompts: Bool
    /// Whether tools have user interfaces (the extension MCP Apps).
    package let hasInterfaces: Bool

    package init(
        announcesChanges: Bool = false,
        hasResources: Bool = false,
        hasPrompts: Bool = false,
        hasInterfaces: Bool = false
    ) {
        self.announcesChanges = announcesChanges
        self.hasResources = hasResources
        self.hasPrompts = hasPrompts
        self.hasInterfaces = hasInterfaces
    }

    /// Writes the object in the form of a revision.
    func write(to writer: inout JSONWriter, revision: Revision) {
        writer.beginObject()
        writer.name("logging")
        writer.beginObject()
        writer.endObject()
        writeList("tools", to: &writer)
        if hasResources { writeList("resources", canBeWatched: true, to: &writer) }
        if hasPrompts { writeList("prompts", to: &writer) }
        if hasResources || hasPrompts {
            writer.name("completions")
            writer.beginObject()
            writer.endObject()
        }
        if hasInterfaces, revision.hasExtensions {
            writer.name("extensions")
            writer.beginObject()
            writer.name(Self.interfaces)
            writer.beginObject()
            writer.endObject()
            writer.endObject()
        }
        writer.endObject()
    }

    private func writeList(_ name: String, canBeWatched: Bool = false, to writer: inout JSONWriter) {
        writer.name(name)
        writer.beginObject()
        if canBeWatched {
            writer.name("subscribe")
            writer.write(announcesChanges)
        }
        writer.name("listChanged")
        writer.write(announcesChanges)
        writer.endObject()
    }
}

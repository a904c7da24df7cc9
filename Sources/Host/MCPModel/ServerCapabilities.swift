import JSON

/// What the server offers; only what is really served is declared.
package struct ServerCapabilities: Hashable, Sendable {
    /// Whether clients are told when a list changes.
    package let announcesChanges: Bool
    package let hasResources: Bool
    package let hasPrompts: Bool

    package init(announcesChanges: Bool = false, hasResources: Bool = false, hasPrompts: Bool = false) {
        self.announcesChanges = announcesChanges
        self.hasResources = hasResources
        self.hasPrompts = hasPrompts
    }

    func write(to writer: inout JSONWriter) {
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

import JSON

/// What the server offers.
///
/// What it has methods for it declares to everybody, whether a list of theirs is empty or not: items come and go while a
/// client lives with what it was told at the beginning (2026-07-28 server/discover, Capabilities; 2025-11-25
/// basic/lifecycle, Capability negotiation).
package struct ServerCapabilities: Hashable, Sendable {
    private static let interfaces = "io.modelcontextprotocol/ui"

    /// Whether tools have user interfaces (the extension MCP Apps).
    package let hasInterfaces: Bool

    package init(hasInterfaces: Bool = false) {
        self.hasInterfaces = hasInterfaces
    }

    /// Writes the object in the form of a revision.
    func write(to writer: inout JSONWriter, revision: Revision) {
        writer.beginObject()
        writer.name("logging")
        writer.beginObject()
        writer.endObject()
        writeList("tools", to: &writer)
        writeList("resources", canBeWatched: true, to: &writer)
        writeList("prompts", to: &writer)
        writer.name("completions")
        writer.beginObject()
        writer.endObject()
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
            writer.write(true)
        }
        writer.name("listChanged")
        writer.write(true)
        writer.endObject()
    }
}

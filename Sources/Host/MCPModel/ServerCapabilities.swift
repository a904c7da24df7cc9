import JSON

/// What the server offers; only what is really served is declared.
package struct ServerCapabilities: Hashable, Sendable {
    /// Whether clients are told when the list of tools changes.
    package let announcesToolChanges: Bool

    package init(announcesToolChanges: Bool = false) {
        self.announcesToolChanges = announcesToolChanges
    }

    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.name("tools")
        writer.beginObject()
        writer.name("listChanged")
        writer.write(announcesToolChanges)
        writer.endObject()
        writer.endObject()
    }
}

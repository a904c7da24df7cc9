import JSON

/// The blocks of a tool's content, in the form of a revision.
enum ContentBlocks {
    /// Writes JSON text as one block of text, escaped once.
    static func writeText(_ text: ArraySlice<UInt8>, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.name("type")
        writer.write("text")
        writer.name("text")
        writer.writeString(utf8: text)
        writer.endObject()
    }

    /// Writes an array of blocks; a link the revision does not know becomes text with its name and address.
    static func write(_ content: [UInt8], to writer: inout JSONWriter, revision: Revision) {
        guard !revision.hasResourceLinks, let document = try? JSONDocument(parsing: content) else {
            writer.writeRaw(content)
            return
        }
        writer.beginArray()
        for block in document.root.elements {
            if let type = block["type"], type.isString("resource_link") {
                let words = [block["name"]?.string, block["uri"]?.string].compactMap(\.self)
                writeText(Array(words.joined(separator: ": ").utf8)[...], to: &writer)
            } else {
                writer.writeRaw(block.bytes)
            }
        }
        writer.endArray()
    }
}

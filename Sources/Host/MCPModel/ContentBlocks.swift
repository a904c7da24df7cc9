import GatewayCore
import JSON

/// The blocks of a tool's or prompt's content, in the form of a revision and under the names of a view.
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

    /// Writes an array of blocks.
    ///
    /// Most blocks are passed on as they are. With a namespace the URIs of resources get it before them.
    static func write(_ content: [UInt8], of namespace: String?, to writer: inout JSONWriter, revision: Revision) {
        guard namespace != nil || !revision.hasResourceLinks,
            let document = try? JSONDocument(parsing: content, limits: .answer)
        else {
            writer.writeRaw(content)
            return
        }
        writer.beginArray()
        for block in document.root.elements { write(block, of: namespace, to: &writer, revision: revision) }
        writer.endArray()
    }

    /// Writes one block; a link the revision does not know becomes text with its name and address.
    static func write(_ block: JSONNode, of namespace: String?, to writer: inout JSONWriter, revision: Revision) {
        guard !revision.hasResourceLinks, let type = block["type"], type.isString("resource_link") else {
            return OutsideURIs.write(block, of: namespace, to: &writer)
        }
        let uri = block["uri"]?.string.map { uri in
            namespace.flatMap { OutsideURIs.isOwn(uri) ? OutsideURI.outside(uri, of: $0) : nil } ?? uri
        }
        let words = [block["name"]?.string, uri].compactMap(\.self)
        writeText(Array(words.joined(separator: ": ").utf8)[...], to: &writer)
    }
}

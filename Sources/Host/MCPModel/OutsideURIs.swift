import GatewayCore
package import JSON

/// Rewrites the addresses in what a provider answered, so that clients find them under the view's names.
package enum OutsideURIs {
    /// Writes a value, with every `uri` that names a resource of the provider in its outside form.
    ///
    /// Only members named `uri` are looked at, wherever they stand in content, contents and messages; an address on
    /// the web is left as it is. With no namespace nothing is rewritten.
    package static func write(_ value: JSONNode, of namespace: String?, to writer: inout JSONWriter) {
        guard let namespace else { return writer.writeRaw(value.bytes) }
        switch value.kind {
        case .object:
            writer.beginObject()
            for member in value.members {
                let name = member.name
                writer.name(name)
                if name == "uri", let uri = member.value.string, isOwn(uri) {
                    writer.write(OutsideURI.outside(uri, of: namespace))
                } else if opaque.contains(name) {
                    writer.writeRaw(member.value.bytes)
                } else {
                    write(member.value, of: namespace, to: &writer)
                }
            }
            writer.endObject()
        case .array:
            writer.beginArray()
            for element in value.elements { write(element, of: namespace, to: &writer) }
            writer.endArray()
        default: writer.writeRaw(value.bytes)
        }
    }

    /// Members whose inside is the provider's own and not the protocol's.
    private static let opaque: Set = ["_meta", "structuredContent", "annotations"]

    static func isOwn(_ uri: String) -> Bool {
        OutsideURI.isLocal(uri) && !uri.hasPrefix("https:") && !uri.hasPrefix("http:")
    }
}

internal import JSON

/// The name of one result, by which its caller can prove later where it came from; 128 random bits.
package struct ProvenanceID: Hashable, Sendable, CustomStringConvertible {
    /// The member of a result's `_meta` that holds it; the gateway's alone.
    package static let metaKey = "org.beamline/provenance"

    private let name: RandomName

    /// A new one from the system's random source.
    package init() {
        name = RandomName()
    }

    /// Reads an id; nil unless it is written exactly as `description` writes it.
    package init?(_ text: String) {
        guard let name = RandomName(text) else { return nil }
        self.name = name
    }

    /// Thirty-two lower-case hexadecimal digits.
    package var description: String { name.description }

    /// The same bits as two words.
    package var words: (UInt64, UInt64) { (name.high, name.low) }

    /// The metadata of a result with its id in it, or without any: what a provider puts there does not count.
    ///
    /// `meta` is a JSON object or empty, and so is what comes back.
    static func meta(_ meta: [UInt8], with id: ProvenanceID?) -> [UInt8] {
        guard !meta.isEmpty || id != nil else { return meta }
        var writer = JSONWriter(capacity: meta.count + 96)
        writer.beginObject()
        if !meta.isEmpty, let document = try? JSONDocument(parsing: meta) {
            for member in document.root.members where member.name != metaKey {
                writer.name(member.name)
                writer.writeRaw(member.value.bytes)
            }
        }
        if let id {
            writer.name(metaKey)
            writer.write(id.description)
        }
        writer.endObject()
        return writer.bytes
    }
}

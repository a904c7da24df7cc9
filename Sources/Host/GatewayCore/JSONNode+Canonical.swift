package import JSON

extension JSONNode {
    /// Writes the value so that equal ones are equal to the byte, however they were written: the members of objects are
    /// in the order of their names.
    ///
    /// Of an object at the top, members of the names given are left out.
    package func writeCanonically(leavingOut names: Set<String> = [], to writer: inout JSONWriter) {
        switch kind {
        case .object:
            writer.beginObject()
            let members = members.map { ($0.name, $0.value) }.filter { !names.contains($0.0) }
            for (name, value) in members.sorted(by: { $0.0 < $1.0 }) {
                writer.name(name)
                value.writeCanonically(to: &writer)
            }
            writer.endObject()
        case .array:
            writer.beginArray()
            for element in elements { element.writeCanonically(to: &writer) }
            writer.endArray()
        case .string: writer.write(string ?? "")
        case .null, .bool, .number: writer.writeRaw(bytes)
        }
    }
}

import JSON
import PanDAKit
import PluginKit

/// Makes JSON documents that agents and people wrote fit for an answer.
enum CleanDocument {
    private static let deepest = 8

    /// The document with its members by name and its texts cleaned; nil for null and for an empty one.
    ///
    /// PostgreSQL keeps the members of a `jsonb` in an order of its own. A longer document is left out; then
    /// `omitted_bytes` says how long it is.
    static func cleaned(_ document: JSONValue, maximumBytes: Int) -> JSONValue? {
        guard let members = document.object?.members, !members.isEmpty else { return nil }
        let cleaned = value(document, depth: 0)
        let bytes = cleaned.serialized.count
        return bytes > maximumBytes ? ["omitted_bytes": .integer(bytes)] : cleaned
    }

    /// How the cleaned document begins, as JSON text.
    static func excerpt(_ document: JSONValue, limit: Int) -> String? {
        cleaned(document, maximumBytes: .max).map {
            UntrustedText.cleaned(String(decoding: $0.serialized, as: UTF8.self), limit: limit)
        }
    }

    private static func value(_ value: JSONValue, named name: String = "", depth: Int) -> JSONValue {
        switch value {
        case .string(let text): return .string(UntrustedText.cleaned(text, named: name, limit: 1024))
        case .array, .object: break
        default: return value
        }
        guard depth < deepest else {
            return .string(UntrustedText.cleaned(String(decoding: value.serialized, as: UTF8.self), limit: 256))
        }
        if let elements = value.array { return .array(elements.map { self.value($0, named: name, depth: depth + 1) }) }
        var cleaned = JSONObject()
        for member in (value.object?.members ?? []).sorted(by: { $0.name < $1.name }) where member.value != .null {
            let name = UntrustedText.cleaned(member.name, limit: 128)
            cleaned[name] = self.value(member.value, named: name, depth: depth + 1)
        }
        return .object(cleaned)
    }
}

extension Row {
    /// A JSON column; a source that does not know the column for JSON gives it as text.
    func document(_ column: String) -> JSONValue {
        guard let text = self[column].string else { return self[column] }
        return (try? JSONValue(parsing: Array(text.utf8))) ?? .null
    }
}

import GatewayCore
import JSON

/// What `beamline_verify_provenance` is asked and answers; its schema has been checked.
struct ProvenanceQuestion {
    let id: ProvenanceID
    let digest: String?
    /// The value in the forms in which it may stand in a result; empty when none was given.
    let values: [String]

    /// Nil when there is no id.
    init?(_ arguments: JSONNode) {
        guard let id = arguments["id"]?.string.flatMap(ProvenanceID.init) else { return nil }
        self.id = id
        digest = arguments["sha256"]?.string
        values = arguments["value"].map(Self.forms) ?? []
    }

    /// A text that is a number counts as one too: what cites a result does not keep its types.
    private static func forms(of value: JSONNode) -> [String] {
        switch value.kind {
        case .bool: return [value.bool == true ? "true" : "false"]
        case .number: return [value.canonicalNumber].compactMap(\.self)
        case .string:
            let text = value.string ?? ""
            let number = try? JSONDocument(parsing: Array(text.utf8)).root.canonicalNumber
            return [text] + (number.map { [$0] } ?? []).filter { $0 != text }
        default: return []
        }
    }

    /// The answer to it.
    func answer(_ known: KnownResult) -> [UInt8] {
        var writer = JSONWriter(capacity: 512)
        writer.beginObject()
        for (name, value) in [
            ("tool", known.kind == "resource" ? known.name : "\(known.namespace)_\(known.name)"), ("kind", known.kind),
            ("namespace", known.namespace), ("answered_at", known.answeredAt), ("request_id", known.requestID),
            ("arguments_sha256", known.argumentsDigest), ("result_sha256", known.resultDigest),
        ] {
            guard let value else { continue }
            writer.name(name)
            writer.write(value)
        }
        writer.name("result_bytes")
        writer.write(known.resultBytes)
        writer.name("is_error")
        writer.write(known.isError)
        if let digest {
            writer.name("sha256_matches")
            writer.write(digest == known.resultDigest)
        }
        if !values.isEmpty {
            writer.name("value_occurs")
            writer.write(known.holdsValue.map { $0 ? "yes" : "no" } ?? "unknown")
        }
        writer.endObject()
        return writer.bytes
    }
}

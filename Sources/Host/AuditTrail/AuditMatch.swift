import GatewayCore
import JSON

/// Tells whether a line is one that somebody looks for and may read, and writes what they may read of it.
struct AuditMatch {
    enum Judgement {
        case other
        /// This line, and so every one before it, is from before what is looked for.
        case tooOld
        case matches([UInt8])
    }

    /// What an officer reads of a line.
    ///
    /// Its number and the digest of the line before it are not among them: they tell of
    /// the lines of others. Nor is why operators did something, which is theirs.
    static let shown = [
        "time", "event", "request_id", "trace_id", "issuer", "subject", "username", "client", "network", "namespace",
        "kind", "item", "arguments_sha256", "arguments", "outcome", "duration_ms",
    ]

    private let question: AuditQuestion
    private let filter: AuditFilter
    /// What stands in each line about a namespace, to leave out most others without reading them.
    private let marks: [[UInt8]]

    init(_ question: AuditQuestion) {
        self.question = question
        var filter = AuditFilter()
        filter.event = question.event
        filter.subject = question.subject
        filter.item = question.item
        filter.outcome = question.outcome
        filter.requestID = question.requestID
        filter.since = question.since
        filter.until = question.until
        self.filter = filter
        marks = question.namespaces.map { Array("\"namespace\":\"\($0)\"".utf8) }
    }

    func judge(_ line: ArraySlice<UInt8>) -> Judgement {
        guard marks.contains(where: { Self.holds($0, line) }), let root = try? JSONDocument(parsing: Array(line)).root,
            let namespace = root["namespace"]?.string, question.namespaces.contains(namespace)
        else { return .other }
        guard filter.matches(root) else { return isTooOld(root) ? .tooOld : .other }
        var writer = JSONWriter(capacity: line.count)
        writer.beginObject()
        for name in Self.shown {
            guard let value = root[name] else { continue }
            writer.name(name)
            writer.writeRaw(value.bytes)
        }
        writer.endObject()
        return .matches(writer.bytes)
    }

    /// From an earlier hour: the clock may have been set back a little.
    private func isTooOld(_ line: JSONNode) -> Bool {
        guard let since = question.since, let time = line["time"]?.string else { return false }
        let hour = "2026-11-29T14".count
        return time.prefix(hour) < since.prefix(hour)
    }

    private static func holds(_ mark: [UInt8], _ line: ArraySlice<UInt8>) -> Bool {
        guard let first = mark.first else { return false }
        var rest = line
        while let position = rest.firstIndex(of: first) {
            if rest[position...].starts(with: mark) { return true }
            rest = rest[(position + 1)...]
        }
        return false
    }
}

import GatewayCore
import JSON

/// What `beamline_audit_search` is asked and answers; its schema has been checked.
struct AuditSearchInput {
    static let usualLimit = 20
    static let largestLimit = 100
    /// A day, or a time with as many parts as are known, in UTC.
    static let time = "^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,9})?)?Z?)?$"

    let namespace: String?
    private let texts: [String: String]
    private let limit: Int

    init(_ arguments: JSONNode) {
        var texts: [String: String] = [:]
        for name in [
            "namespace", "event", "subject", "item", "outcome", "request_id", "start_time", "end_time", "cursor",
        ] {
            texts[name] = arguments[name]?.string
        }
        self.texts = texts
        namespace = texts["namespace"]
        limit = min(max(1, arguments["limit"]?.integer ?? Self.usualLimit), Self.largestLimit)
    }

    func question(of namespaces: Set<String>, budgetBytes: Int) -> AuditQuestion {
        var question = AuditQuestion(namespaces: namespaces)
        question.event = texts["event"]
        question.subject = texts["subject"]
        question.item = texts["item"]
        question.outcome = texts["outcome"]
        question.requestID = texts["request_id"]
        question.since = texts["start_time"].map(Self.comparable)
        question.until = texts["end_time"].map(Self.comparable)
        question.limit = limit
        question.budgetBytes = budgetBytes
        question.cursor = texts["cursor"]
        return question
    }

    /// Times sort as texts once none says that it is in UTC.
    private static func comparable(_ time: String) -> String { time.hasSuffix("Z") ? String(time.dropLast()) : time }

    func answer(_ lines: [[UInt8]], nextCursor: String?) -> [UInt8] {
        var writer = JSONWriter(capacity: lines.reduce(512) { $0 + $1.count })
        writer.beginObject()
        writer.name("items")
        writer.beginArray()
        for line in lines { writer.writeRaw(line) }
        writer.endArray()
        writer.name("total_count")
        writer.writeNull()
        writer.name("has_more")
        writer.write(nextCursor != nil)
        if let nextCursor {
            writer.name("next_cursor")
            writer.write(nextCursor)
        }
        writer.name("monitor_urls")
        writer.beginArray()
        writer.endArray()
        writer.name("filters_applied")
        writer.beginObject()
        for (name, text) in texts.sorted(by: { $0.key < $1.key }) where name != "cursor" {
            writer.name(name)
            writer.write(text)
        }
        writer.endObject()
        if lines.isEmpty, nextCursor != nil {
            writer.name("hint")
            writer.write("Nothing was found as far as one search reaches; go on with next_cursor.")
        }
        writer.endObject()
        return writer.bytes
    }
}

internal import JSON

/// The services the demo's plugins ask, answered from records; times are relative to the request.
///
/// ATLAS' monitor is below `/atlas`, ePIC's below `/epic`, Rubin's below `/rubin`, and its iDDS below `/rubin/idds`; the
/// information systems CRIC of ATLAS and Rubin are below `/cric/atlas` and `/cric/rubin`.
package struct RecordedAnswers: Sendable {
    /// When the request came.
    private let now: SampleInstant

    package init(now: SampleInstant) {
        self.now = SampleInstant(seconds: now.microseconds / 1_000_000)
    }

    /// The answer to a request, whose path and query are given as sent, without the question mark.
    package func answer(method: String, path: String, query: String?) -> RecordedAnswer {
        let parts = path.split(separator: "/").map { RecordedQuery.decoded($0) }
        guard method == "GET" || method == "HEAD" else {
            return parts.starts(with: ["rubin", "idds"]) && method == "PUT"
                ? command(Array(parts.dropFirst(2)))
                : .json(["error": "method not allowed"], status: 405)
        }
        if parts.starts(with: ["rubin", "idds"]) {
            return IDDSAnswers(requests: IDDSRecords.all, now: now).answer(path: Array(parts.dropFirst(2)))
        }
        let query = RecordedQuery(query)
        switch parts.first {
        case "cric": return CRICAnswers.answer(path: Array(parts.dropFirst()), now: now)
        case "rucio": return RucioAnswers(now: now).answer(path: Array(parts.dropFirst()), query: query)
        case "atlas": return monitor(ATLASRecords.all, "/atlas").answer(path: Array(parts.dropFirst()), query: query)
        case "epic": return monitor(EPICRecords.all, "/epic").answer(path: Array(parts.dropFirst()), query: query)
        case "rubin": return monitor(RubinRecords.all, "/rubin").answer(path: Array(parts.dropFirst()), query: query)
        default: return .notFound
        }
    }

    private func monitor(_ records: MonitorRecords, _ prefix: String) -> MonitorAnswers {
        MonitorAnswers(records: records, now: now, prefix: prefix)
    }

    /// `PUT /request/abort|close|retry/{request}/…`: accepted for a request that exists; nothing changes.
    private func command(_ path: [String]) -> RecordedAnswer {
        guard path.count >= 3, path[0] == "request", ["abort", "close", "retry"].contains(path[1]),
            let id = Int(path[2]), IDDSRecords.all.contains(where: { $0.id == id })
        else { return .notFound }
        return .json([0, .string("Command is sent to iDDS and will be executed asynchronously.")])
    }
}

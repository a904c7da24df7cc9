import JSON
import PluginKit

/// Counts jobs by queue and state, which the monitor does in its database, however many there are.
struct MonitorStatusSummary: Sendable {
    private let source: MonitorSource

    init(source: MonitorSource) {
        self.source = source
    }

    /// The jobs that changed in a window; nil where this monitor has no such counts.
    func counts(
        in window: Window,
        site: MonitorPattern? = nil,
        in context: CallContext
    ) async throws(ToolError) -> [ActivityFacts.Count]? {
        let answer = try await source.answer(
            at: "/status_summary/api/",
            query: [("starttime", Self.text(window.start)), ("endtime", Self.text(window.end))],
            in: context
        )
        // It says with 404 that it found nothing, and a monitor without it says so with a page.
        let document =
            answer.status == 404 ? answer.json : try MonitorAnswer.document(of: answer, hint: MonitorAnswer.narrower)
        guard let document, let data = document["data"], data.kind == .array else { return nil }
        let states = JobState.meanings.map(\.state)
        return data.elements.map(MonitorRecord.init).flatMap { record -> [ActivityFacts.Count] in
            let name = record.text("computingsite", limit: 128)
            guard MonitorPattern.passes(name, site) else { return [] }
            return states.compactMap { state in
                record.count(state).map { ActivityFacts.Count(name: name, status: state, count: $0) }
            }
        }
    }

    /// The form it reads, in UTC without a zone.
    private static func text(_ time: Timestamp) -> String {
        time.sqlText.replacingSpace
    }
}

extension String {
    fileprivate var replacingSpace: String { String(map { $0 == " " ? "T" : $0 }) }
}

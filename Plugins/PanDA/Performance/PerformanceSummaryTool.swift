package import PluginKit

/// Sums up how work went, by default in the last seven days.
package struct PerformanceSummaryTool: Tool {
    package struct Input: Decodable, Sendable {
        let days: Int?
        let start_time: String?
        let end_time: String?
        let group_by: String?
    }

    /// Longer windows are not safe to sum up from what PanDA keeps at hand.
    private static let maximumDays = 7

    package static let description = ToolDescription(
        name: "panda_performance_summary",
        title: "How work went",
        summary: """
            How PanDA's work went in a window of at most 7 days (the last 7 by default): jobs finished and failed, \
            failure rate, core hours and efficiency, top errors, tasks, and the change against the window before. For \
            "summarize last week". What goes on now: panda_get_activity.
            """,
        input: .object([
            .optional("days", .integer("Instead of start_time.", minimum: 1, maximum: maximumDays)),
            .optional("start_time", .time()),
            .optional("end_time", .time()),
            .optional(
                "group_by",
                .choice(
                    PerformanceQuery.Grouping.allCases.map(\.rawValue),
                    "What jobs are put together by.",
                    default: "site"
                )
            ),
        ]),
        output: PerformanceSummary.schema,
        // The monitor takes its time for long lists.
        timeoutMilliseconds: 120_000
    )

    private let performance: any PerformanceReading

    package init(performance: any PerformanceReading) {
        self.performance = performance
    }

    package func call(_ input: Input, in context: CallContext) async throws(ToolError) -> PerformanceSummary {
        guard let grouping = PerformanceQuery.Grouping(rawValue: input.group_by ?? "site") else {
            throw ToolError(.invalidArgument, "group_by: must be site, user, share or type.")
        }
        let window = try WindowedQuestion(
            days: input.days,
            start: input.start_time,
            end: input.end_time,
            cursor: nil,
            defaultDays: Self.maximumDays,
            now: context.now
        )
        .window
        guard window.end.seconds(since: window.start) <= Self.maximumDays * 86_400 else {
            throw ToolError(
                .invalidArgument,
                "start_time: must be at most \(Self.maximumDays) days before end_time.",
                hint: "Ask for one week at a time, or panda_resource_usage for what a longer time used."
            )
        }
        let query = PerformanceQuery(window: window, grouping: grouping)
        let facts = try await performance.performance(matching: query, in: context)
        return PerformanceSummary(facts, query: query, now: context.now, budgetBytes: context.budgetBytes)
    }
}

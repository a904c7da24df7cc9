package import PluginKit

/// Says what finished jobs of a time window used.
package struct ResourceUsageTool: Tool {
    package struct Input: Decodable, Sendable {
        let days: Int?
        let start_time: String?
        let end_time: String?
        let username: String?
        let site: String?
        let taskid: Int?
        let workinggroup: String?
        let bucket: String?
    }

    private static let defaultDays = 30
    /// Longer windows would scan what the archive no longer has.
    private static let maximumDays = 366

    package static let description = ToolDescription(
        name: "panda_resource_usage",
        title: "Resource usage",
        summary: """
            Core hours of PanDA jobs that finished in a window (30 days by default): allocated, used and wall time in \
            all, by queue, user, and day or week. For "who uses most?" and "what did task N cost?".
            """,
        input: .object([
            .optional(
                "days",
                .integer("Instead of start_time.", minimum: 1, maximum: maximumDays)
            ),
            .optional("start_time", .time()),
            .optional("end_time", .time()),
            .optional("username", .string("Or a pattern with %.", maximumLength: 256)),
            .optional("site", .string("Queue, or a pattern with %.", maximumLength: 256)),
            .optional("taskid", .integer(minimum: 1)),
            .optional("workinggroup", .string("Or a pattern with %.", maximumLength: 256)),
            .optional(
                "bucket",
                .choice(UsageReport.Bucket.allCases.map(\.rawValue), "Days or weeks from Monday, UTC.", default: "day")
            ),
        ]),
        output: UsageReport.schema
    )

    private let usage: any UsageReading

    package init(usage: any UsageReading) {
        self.usage = usage
    }

    package func call(_ input: Input, in context: CallContext) async throws(ToolError) -> UsageReport {
        guard let bucket = UsageReport.Bucket(rawValue: input.bucket ?? "day") else {
            throw ToolError(.invalidArgument, "bucket: must be day or week.")
        }
        let window = try WindowedQuestion(
            days: input.days,
            start: input.start_time,
            end: input.end_time,
            cursor: nil,
            defaultDays: Self.defaultDays,
            now: context.now
        )
        .window
        guard window.end.seconds(since: window.start) <= Self.maximumDays * 86_400 else {
            throw ToolError(.invalidArgument, "start_time: must be at most \(Self.maximumDays) days before end_time.")
        }
        let query = UsageQuery(
            window: window,
            username: input.username,
            site: input.site,
            taskID: input.taskid,
            workingGroup: input.workinggroup
        )
        let facts = try await usage.usage(matching: query, in: context)
        return UsageReport(facts, query: query, bucket: bucket, now: context.now, budgetBytes: context.budgetBytes)
    }
}

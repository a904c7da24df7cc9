import PanDAKit
import PluginKit

/// Tells how one execution goes or went.
struct GetMonitorTool: Tool {
    struct Input: Decodable, Sendable {
        let execution_id: String
    }

    struct Output: Encodable, Sendable {
        let executionID: String
        let status: String
        let phase: String?
        let runID: String?
        let files: Int
        let events: [ExecutionProgress.Event]
        let errors: [ExecutionProgress.Fault]
        let start: Timestamp
        let end: Timestamp?
        let durationSeconds: Int?
        let hint: String?
        let asOf: Timestamp
        let monitorURLs: [Link]

        private enum CodingKeys: String, CodingKey {
            case executionID = "execution_id"
            case status, phase
            case runID = "run_id"
            case files = "stf_count"
            case events, errors
            case start = "start_time"
            case end = "end_time"
            case durationSeconds = "duration_seconds"
            case hint
            case asOf = "as_of"
            case monitorURLs = "monitor_urls"
        }
    }

    private static let mostEvents = 200
    private static let mostLogLines = 10

    static let description = ToolDescription(
        name: "swf_get_workflow_monitor",
        title: "Monitor one execution",
        summary: """
            How one workflow execution goes: state, phase, events, STF files so far, errors from messages and logs. \
            Use it to follow one, and for "why did it fail?". Parameters: swf_get_workflow_execution; log lines: \
            swf_list_logs.
            """,
        input: .object([.required("execution_id", .string(maximumLength: 100))]),
        output: .object([
            .required("execution_id", .string()),
            .required("status", .string()),
            .optional(
                "phase",
                .choice(["imminent", "running", "paused", "ended"], "Absent before the first message.")
            ),
            .optional("run_id", .string()),
            .required("stf_count", .integer("STF files of its runs.")),
            .required("events", .array(of: ExecutionProgress.Event.schema, "The first ones.")),
            .required("errors", .array(of: ExecutionProgress.Fault.schema)),
            .required("start_time", .time()),
            .optional("end_time", .time()),
            .optional("duration_seconds", .integer("Absent without an end.")),
            .optional("hint", .string("What to try next.")),
            .required("as_of", .time()),
            .required("monitor_urls", .array(of: .link)),
        ])
    )

    let pages: TestbedPages

    func call(_ input: Input, in context: CallContext) async throws(ToolError) -> Output {
        let source = SQLSource.testbed
        let statement = ExecutionTables.execution(input.execution_id)
        let found = try await source.rows(statement, maximumRows: 1, in: context)
        guard let row = found.first, let start = row.time("start_time") else { throw ExecutionTables.notFound }
        let messages = try await source.rows(
            MonitorTables.events(of: input.execution_id),
            maximumRows: Self.mostEvents,
            in: context
        )
        var progress = ExecutionProgress(messages)
        let lines = try await source.rows(
            MonitorTables.errors(of: input.execution_id, since: start, limit: Self.mostLogLines),
            maximumRows: Self.mostLogLines,
            in: context
        )
        progress.errors += lines.compactMap { line in
            guard let time = line.time("timestamp"), let text = line.cleaned("message", limit: 512) else { return nil }
            return ExecutionProgress.Fault(time: time, error: text, source: "log")
        }
        let files = try await source.fileCounts(ofExecutions: [input.execution_id], in: context)
        let end = row.time("end_time")
        return Output(
            executionID: input.execution_id,
            status: row.cleaned("status") ?? "unknown",
            phase: progress.phase,
            runID: progress.runID,
            files: files[input.execution_id] ?? 0,
            events: progress.events,
            errors: progress.errors,
            start: start,
            end: end,
            durationSeconds: end.map { $0.seconds(since: start) },
            hint: messages.isEmpty
                ? "No messages are kept of it: they are removed after some days, or its runner never sent one." : nil,
            asOf: context.now,
            monitorURLs: [pages.page("Execution", "/workflow-executions/", of: input.execution_id)]
        )
    }
}

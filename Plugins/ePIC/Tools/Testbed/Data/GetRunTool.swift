import JSON
import PluginKit

/// Tells one run of the testbed, with its files counted by state.
struct GetRunTool: Tool {
    struct Input: Decodable, Sendable {
        let run_number: Int
    }

    static let description = ToolDescription(
        name: "swf_get_run",
        title: "One run",
        summary: """
            One data-taking run by its number: times, conditions, STF files by status. The files: swf_list_stf_files.
            """,
        input: .object([.required("run_number", .integer(minimum: 0))]),
        output: RunTables.run.schema(
            .optional("duration_seconds", .integer("Absent while it goes on.")),
            .required("file_stats", .dictionary(of: .integer(minimum: 0), "Status → files; every known one is there.")),
            .required("total_stf_files", .integer(minimum: 0)),
            .required("monitor_urls", .array(of: .link))
        )
    )

    let pages: TestbedPages

    func call(_ input: Input, in context: CallContext) async throws(ToolError) -> Record {
        let found = try await SQLSource.testbed.rows(
            RunTables.run(input.run_number),
            maximumRows: 1,
            in: context
        )
        guard let row = found.first, var run = RunTables.run.record(row) else {
            throw ToolError(.notFound, "There is no run \(input.run_number).", hint: "swf_list_runs lists them.")
        }
        let counts = try await SQLSource.testbed
            .rows(RunTables.files(ofRun: input.run_number), maximumRows: 100, in: context)
            .counts(of: "name")
        if let start = row.time("start_time"), let end = row.time("end_time") {
            run["duration_seconds"] = .integer(end.seconds(since: start))
        }
        var stats = JSONObject()
        for status in FileTables.states { stats[status] = 0 }
        for (status, count) in counts { stats[status] = .integer(count) }
        run["file_stats"] = .object(stats)
        run["total_stf_files"] = .integer(counts.reduce(0) { $0 + $1.count })
        run.set("monitor_urls", [pages.page("Run", "/runs/", of: String(input.run_number))])
        return run
    }
}

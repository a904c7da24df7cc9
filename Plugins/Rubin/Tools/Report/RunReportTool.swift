package import PluginKit

/// Reports how one run stands.
package struct RunReportTool: Tool {
    package struct Input: Decodable, Sendable {
        let run: RunReference
    }

    package static let description = ToolDescription(
        name: "run_report",
        title: "Report on a run",
        summary: """
            How one BPS run stands, as bps report tells it: state, jobs by label and state, share done, exit codes of \
            failed jobs, PanDA tasks. Give the iDDS request id or the run's name. To find a run use list_runs.
            """,
        input: .object([.required("run", RunReference.schema)]),
        output: RunReport.schema
    )

    private let runs: any RunReading

    package init(runs: any RunReading) {
        self.runs = runs
    }

    package func call(_ input: Input, in context: CallContext) async throws(ToolError) -> RunReport {
        guard let run = try await runs.run(input.run.checked(), in: context) else {
            throw ToolError(.notFound, "There is no such run.", hint: "Find runs with list_runs.")
        }
        return RunReport(run, now: context.now, budgetBytes: context.budgetBytes)
    }
}

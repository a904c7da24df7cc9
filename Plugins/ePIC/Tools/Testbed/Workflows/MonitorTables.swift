import JSON
import PluginKit

/// What is read to tell how executions go.
enum MonitorTables {
    /// The messages that mark what happens in an execution, the first first.
    static func events(of execution: String) -> Statement {
        Statement(
            """
            SELECT m.message_type, m.run_id, m.sent_at, m.message_content FROM swf_workflow_messages m \
            WHERE m.execution_id = $1 AND m.message_type IN ('run_imminent', 'start_run', 'pause_run', 'resume_run', \
            'end_run', 'run_workflow_failed', 'error') ORDER BY m.sent_at, m.message_id
            """,
            [.string(execution)]
        )
    }

    /// Which runs the executions' messages speak of; those of the announcement count, or any where there is none.
    static func runs(of executions: [String]) -> Statement {
        var conditions = Conditions()
        conditions.oneOf("m.execution_id", executions.map(JSONValue.string))
        return Statement(
            """
            SELECT m.execution_id, m.run_id, \
            MAX(CASE WHEN m.message_type = 'run_imminent' THEN 1 ELSE 0 END) AS is_announced \
            FROM swf_workflow_messages m WHERE \(conditions.text) AND m.run_id IS NOT NULL \
            GROUP BY m.execution_id, m.run_id
            """,
            conditions.parameters
        )
    }

    static func files(ofRuns runs: [Int]) -> Statement {
        var conditions = Conditions()
        conditions.oneOf("r.run_number", runs.map(JSONValue.integer))
        return Statement(
            """
            SELECT r.run_number, COUNT(*) AS n FROM swf_runs r JOIN swf_stf_files s ON s.run_id = r.run_id \
            WHERE \(conditions.text) GROUP BY r.run_number
            """,
            conditions.parameters
        )
    }

    /// The first errors an execution's agents logged.
    static func errors(of execution: String, since start: Timestamp, limit: Int) -> Statement {
        Statement(
            """
            SELECT l.timestamp, l.instance_name, l.message FROM swf_applog l WHERE l.timestamp >= $1 \
            AND l.level >= \(LogSeverity.error.rawValue) AND l.extra_data ->> 'execution_id' = $2 \
            ORDER BY l.timestamp, l.id LIMIT $3
            """,
            [.string(start.zonedText), .string(execution), .integer(limit)]
        )
    }
}

extension SQLSource {
    /// How many STF files the runs of each execution have; run numbers that are no numbers have none.
    func fileCounts(
        ofExecutions executions: [String],
        in context: CallContext
    ) async throws(ToolError) -> [String: Int] {
        guard !executions.isEmpty else { return [:] }
        let rows = try await rows(
            MonitorTables.runs(of: executions),
            maximumRows: executions.count * 100,
            in: context
        )
        var runs: [String: Set<Int>] = [:]
        for (execution, rows) in Dictionary(grouping: rows, by: { $0.text("execution_id") ?? "" }) {
            let announced = rows.filter { $0.integer("is_announced") == 1 }
            runs[execution] = Set((announced.isEmpty ? rows : announced).compactMap { $0.integer("run_id") })
        }
        let numbers = Set(runs.values.joined()).sorted()
        guard !numbers.isEmpty else { return [:] }
        let counts = try await self.rows(
            MonitorTables.files(ofRuns: numbers),
            maximumRows: numbers.count,
            in: context
        )
        let byRun = Dictionary(
            counts.map { ($0.integer("run_number") ?? 0, $0.integer("n") ?? 0) },
            uniquingKeysWith: +
        )
        return runs.mapValues { $0.reduce(0) { $0 + (byRun[$1] ?? 0) } }
    }
}

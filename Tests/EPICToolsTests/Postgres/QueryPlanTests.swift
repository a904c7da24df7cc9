import EPICTools
import JSON
import PluginKit
import PluginTesting
import SampleData
import Testing

/// The tables are large in production: the main statements must be able to use their indexes and partitions.
///
/// Not so that of active jobs, which is looked through once to leave out those that are in both.
@Suite struct QueryPlanTests {
    /// A question, and the tables its statements may read only by an index.
    struct Asked: CustomTestStringConvertible, Sendable {
        let tool: String
        let arguments: JSONValue
        let tables: [String]

        init(_ tool: String, _ arguments: JSONValue, _ tables: String...) {
            self.tool = tool
            self.arguments = arguments
            self.tables = tables
        }

        var testDescription: String { tool }
    }

    private static let execution: JSONValue = .string(EdgeCases.runningExecution)

    static let asked: [Asked] = [
        Asked("panda_list_jobs", ["days": 2], "jobsarchived4"),
        Asked("panda_list_jobs", ["taskid": 38_907, "days": 400], "jobsarchived4"),
        Asked("panda_diagnose_jobs", ["days": 2], "jobsarchived4"),
        Asked("panda_error_summary", ["days": 2], "jobsarchived4"),
        Asked("panda_get_activity", ["days": 1], "jobsarchived4", "jedi_tasks"),
        Asked("panda_resource_usage", ["days": 3], "jobsarchived4"),
        Asked("panda_list_tasks", ["days": 2], "jedi_tasks"),
        Asked("panda_list_tasks", ["taskid": 38_907], "jedi_tasks"),
        Asked("panda_study_job", ["pandaid": 1_690_000], "jobsarchived4"),
        Asked("panda_study_task", ["jeditaskid": 38_907], "jedi_tasks"),
        Asked("panda_get_queue", ["panda_queue": "E1_BNL"], "schedconfig_json"),
        Asked("swf_list_logs", ["level": "ERROR"], "swf_applog"),
        Asked("swf_get_log_entry", ["log_id": 900_001], "swf_applog"),
        Asked("swf_list_messages", ["execution_id": execution], "swf_workflow_messages"),
        Asked("swf_list_messages", ["agent": "data-agent-afischer-4"], "swf_workflow_messages"),
        Asked("swf_get_workflow_execution", ["execution_id": execution], "swf_workflow_executions"),
        Asked("swf_list_stf_files", ["run_number": 100_070], "swf_stf_files", "swf_runs"),
        Asked("swf_get_stf_file", ["stf_filename": "swf.100070.000001.stf"], "swf_stf_files"),
        Asked("swf_get_run", ["run_number": 100_070], "swf_runs"),
        Asked("swf_list_tf_slices", ["run_number": 100_070], "swf_tf_slices"),
        Asked("swf_get_agent", ["name": .string(EdgeCases.agentFresh)], "swf_systemagent"),
        Asked("pcs_get_tag", ["tag_label": "p1001"], "pcs_physics_tag"),
    ]

    private func plans(_ asked: Asked) async throws -> [QueryPlan] {
        let host = SourcesInMemory(query: { query throws(ToolError) in
            // The columns of the table of slices, which are looked at before it is asked.
            .init(query.sql.contains("SELECT *") ? ["fastmon_file_id"] : [], [])
        })
        _ = try? await call(asked.tool, asked.arguments, on: host)
        var plans: [QueryPlan] = []
        for query in host.queries where !query.sql.contains("SELECT *") {
            plans.append(QueryPlan(try await PostgresSites.psql(.plain, QueryPlan.script(for: query))))
        }
        return plans
    }

    @Test(arguments: asked) func `reads large tables by an index`(_ asked: Asked) async throws {
        let plans = try await plans(asked)
        #expect(!plans.isEmpty)
        for table in asked.tables {
            #expect(plans.contains { !$0.parts(of: table).isEmpty }, "\(table) is read")
            for plan in plans { #expect(plan.readings(of: table) == [], "\(plan.lines.joined(separator: "\n"))") }
        }
    }

    @Test(
        arguments: [
            Asked("panda_list_jobs", ["days": 2], "jobsarchived4"),
            Asked("panda_diagnose_jobs", ["days": 2], "jobsarchived4"),
            Asked("panda_resource_usage", ["start_time": "2026-11-19", "end_time": "2026-11-21"], "jobsarchived4"),
            Asked("panda_list_tasks", ["taskid": 38_907], "jedi_tasks"),
        ]
    )
    func `leaves out the partitions that cannot hold anything`(_ asked: Asked) async throws {
        let all = try await PostgresSites.psql(
            .plain,
            "SELECT count(*) FROM pg_inherits WHERE inhparent = 'doma_panda.\(asked.tables[0])'::regclass"
        )
        for plan in try await plans(asked) {
            let parts = plan.parts(of: asked.tables[0])
            #expect(!parts.isEmpty && parts.count <= 2, "\(parts.sorted()) of \(all)")
        }
    }

    @Test func `a plan tells what is read without an index`() {
        let plan = QueryPlan(
            """
            Append
              ->  Seq Scan on swf_applog l
                    Filter: (level >= 40)
              ->  Index Scan using a on jobsarchived4_p1 j
                    Index Cond: (pandaid = 1)
              ->  Bitmap Heap Scan on jobsarchived4_default j_1
                    Recheck Cond: (pandaid = 1)
                    ->  Bitmap Index Scan on jobsarchived4_default_pandaid_idx
                          Index Cond: (pandaid = 1)
              ->  Index Scan using b on jobsactive4
                    Filter: (pandaid = 1)
            """
        )
        #expect(plan.readings(of: "swf_applog").count == 1)
        #expect(plan.readings(of: "jobsarchived4") == [])
        #expect(plan.readings(of: "jobsactive4").count == 1)
        #expect(plan.parts(of: "jobsarchived4") == ["jobsarchived4_p1", "jobsarchived4_default"])
    }
}

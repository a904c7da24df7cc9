import JSON
import SampleData

/// What the tools about the testbed are asked on both databases.
extension ToolQuestions {
    static let testbed = state + namespaces + workflows + messages + data + single

    /// Spans, as the lists of the testbed take them.
    private static let spans: [JSONValue] =
        windows.filter { $0["days"] == nil }
        + [["start_time": "2026-11-21T00:00:00Z"], ["limit": 1], ["limit": 0], ["cursor": "nonsense"]]

    private static let awkward: [JSONValue] = texts.map(JSONValue.string)

    /// Questions with each of the awkward texts as one argument.
    private static func texts(_ tool: String, _ name: String) -> [ToolQuestion] {
        awkward.map { value in
            var arguments = JSONObject()
            arguments[name] = value
            return ToolQuestion(tool, .object(arguments))
        }
    }

    private static let users: [JSONValue] =
        [[:]] + ["afischer", "bokafor", "drao", "nobody", "AFISCHER"].map { ["username": $0] }

    private static let state: [ToolQuestion] =
        ["swf_get_system_state", "swf_get_testbed_status", "swf_check_agent_manager"].flatMap { tool in
            questions(tool, users) + texts(tool, "username").suffix(6)
        }
        + questions(
            "swf_get_ai_memory",
            [
                [:], ["turns": 1], ["turns": 200], ["turns": 0], ["username": "afischer", "namespace": "testbed-east"],
                ["namespace": "none"], ["username": "drao"],
            ]
        )

    private static let namespaces: [ToolQuestion] =
        questions("swf_list_namespaces", [[:], ["limit": 1], ["limit": 4], ["limit": 0], ["cursor": "p1.0"]])
        + [ToolQuestion("swf_list_namespaces", ["limit": 1], pages: 5)]
        + questions(
            "swf_get_namespace",
            ["testbed-east", "testbed-west", "fastmon-dev", "idle_space", "idle%", "none"].map { ["namespace": $0] }
        )
        + questions(
            "swf_get_namespace",
            [
                ["namespace": "testbed-east", "start_time": "2026-11-01"],
                ["namespace": "testbed-east", "start_time": "2026-11-20", "end_time": "2026-11-20T12:00:00-05:00"],
                ["namespace": "testbed-east", "start_time": "2026-11-20", "end_time": "2026-11-19"], [:],
            ]
        )

    private static let workflows: [ToolQuestion] =
        questions(
            "swf_list_workflow_definitions",
            [
                [:], ["workflow_type": "simulation"], ["created_by": "drao"], ["workflow_type": "Simulation"],
                ["limit": 2], ["cursor": "x"],
            ]
        )
        + [ToolQuestion("swf_list_workflow_definitions", ["limit": 1], pages: 4)]
        + questions("swf_list_workflow_executions", [[:]] + spans)
        + questions(
            "swf_list_workflow_executions",
            [
                ["currently_running": true], ["currently_running": true, "status": "failed"],
                ["currently_running": false, "status": "FAILED", "start_time": "2026-11-01"],
                ["start_time": "2026-11-01", "namespace": "testbed-west"], ["executed_by": "drao"],
                ["workflow_name": "stf_datataking", "start_time": "2026-11-01"], ["workflow_name": "none"],
            ]
        )
        + [ToolQuestion("swf_list_workflow_executions", ["start_time": "2026-11-01", "limit": 7], pages: 10)]
        + texts("swf_list_workflow_executions", "namespace")
        + questions("swf_list_workflow_monitors", [[:]] + spans)
        + [ToolQuestion("swf_list_workflow_monitors", ["start_time": "2026-11-01", "limit": 25], pages: 4)]

    private static let executions: [JSONValue] =
        [EdgeCases.runningExecution, EdgeCases.failedExecution, EdgeCases.terminatedExecution, "none", "%", "x\u{0}y"]
        .map { ["execution_id": .string($0)] }

    private static let messages: [ToolQuestion] =
        questions("swf_list_messages", [[:]] + spans + executions)
        + questions(
            "swf_list_messages",
            [
                ["namespace": "testbed-east"], ["agent": "data-agent-afischer-4"], ["message_type": "announcement"],
                ["message_type": "stf_gen", "start_time": "2026-11-20T20:00:00", "limit": 50],
                ["cursor": "t1.-.-.1795237200000000.nonsense"],
                ["cursor": "t1.-.-.1795237200000000.0e0e0e0e-0000-4000-8000-000000000001"],
            ]
        )
        + [
            ToolQuestion("swf_list_messages", ["start_time": "2026-11-21T03:00:00", "limit": 40], pages: 6),
            ToolQuestion(
                "swf_list_messages",
                ["execution_id": .string(EdgeCases.runningExecution), "limit": 9],
                pages: 6
            ),
        ]
        + texts("swf_list_messages", "agent")

    private static let data: [ToolQuestion] =
        questions("swf_list_runs", [[:]] + spans)
        + [ToolQuestion("swf_list_runs", ["start_time": "2026-11-01", "limit": 20], pages: 5)]
        + questions("swf_list_stf_files", [[:]] + spans)
        + questions(
            "swf_list_stf_files",
            [
                ["run_number": 100_070], ["run_number": 1], ["run_number": .integer(.max)], ["status": "Failed"],
                ["run_number": 100_070, "status": "processed"], ["status": "nonsense"], ["machine_state": "PHYSICS"],
                ["machine_state": "none"], ["run_number": 100_070, "start_time": "2026-11-21T04:50:00Z"],
            ]
        )
        + [
            ToolQuestion("swf_list_stf_files", ["limit": 100], pages: 6),
            ToolQuestion("swf_list_stf_files", ["run_number": 100_070, "limit": 7], pages: 7),
        ]
        + questions("swf_list_tf_slices", [[:]] + spans)
        + questions(
            "swf_list_tf_slices",
            [
                ["run_number": 100_070, "status": "QUEUED"], ["id": 5], ["id": .integer(.max)],
                ["tf_filename": "swf.100070.000001_tf_001.tf"], ["stf_filename": "swf.100070.000002.stf"],
                ["assigned_worker": "worker-3"], ["fastmon_file_id": "0e0e0e0e-0000-4000-8000-000000000001"],
                ["fastmon_file_id": "nonsense"],
            ]
        )
        + [ToolQuestion("swf_list_tf_slices", ["run_number": 100_070, "limit": 100], pages: 7)]
        + texts("swf_list_tf_slices", "assigned_worker")

    private static let single: [ToolQuestion] =
        questions("swf_get_workflow_execution", executions) + questions("swf_get_workflow_monitor", executions)
        + questions(
            "swf_get_agent",
            [
                EdgeCases.agentFresh, EdgeCases.agentStale, EdgeCases.agentExited, EdgeCases.agentNeverSeen,
                "agent-manager-drao", "none",
            ]
            .map { ["name": .string($0)] }
        )
        + texts("swf_get_agent", "name")
        + questions("swf_get_run", [100_070, 100_069, 100_040, 1, .max].map { ["run_number": .integer($0)] })
        + questions(
            "swf_get_stf_file",
            ["swf.100070.000001.stf", "swf.100040.000003.stf", "swf.100069.000020.stf", "%"]
                .map { ["stf_filename": $0] }
                + [["file_id": "0e0e0e0e-0000-4000-8000-000000000001"], ["file_id": "7"], [:]]
        )
        + questions(
            "swf_get_tf_slice",
            [0, 5, 14, 15, .max].map { ["tf_filename": "swf.100070.000001_tf_001.tf", "slice_id": .integer($0)] }
        )
        + questions(
            "swf_get_log_entry",
            [EdgeCases.logWithHostileText, EdgeCases.logWithoutExtraData, 1_000_001, 1_000_500, 1, .max]
                .map { ["log_id": .integer($0)] }
        )
}

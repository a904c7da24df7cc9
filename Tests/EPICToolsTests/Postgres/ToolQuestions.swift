import JSON
import SampleData

/// What the tools are asked on both databases: every argument, pages, awkward rows, awkward values.
enum ToolQuestions {
    static let all =
        activity + jobs + tasks + studies + failures + usage + queues + explanations + agents + logs
        + testbed + catalogue + workers + taskStudies + guides

    /// Windows, as most tools take them.
    static let windows: [JSONValue] = [
        ["days": 1], ["days": 3660], ["start_time": "2026-11-19"], ["end_time": "2026-11-20T12:00:00-05:00"],
        ["start_time": "2026-11-01T00:00:00.5Z", "end_time": "2026-11-10T00:00:00.25Z"],
        ["start_time": "2026-11-01T02:30:00", "end_time": "2026-11-01T06:30:00"],
        ["start_time": "1900-01-01", "end_time": "2100-01-01"],
        ["start_time": "0001-01-01", "end_time": "9999-12-31T23:59:59.999999Z"],
        ["start_time": "2026-11-20T00:00:00Z", "end_time": "2026-11-19T00:00:00Z"],
        ["start_time": "2026-11-20T00:00:00Z", "days": 3], ["start_time": "yesterday"],
    ]

    /// Values of a text filter that databases could read in more than one way.
    static let texts: [String] = [
        "", "%", "%%", "_%", "%!%", "!", "\\", "%\\%", "a'b", "%\"%", "$1", "?1", ":a", "x\u{0}y", "%\u{0}%", "ÄÖ",
        "%\u{E9}%", "%e\u{301}%", "\u{1F680}%", String(repeating: "n", count: 256), "  ", "NULL", "%\n%",
    ]

    static func questions(_ tool: String, _ arguments: [JSONValue]) -> [ToolQuestion] {
        arguments.map { ToolQuestion(tool, $0) }
    }

    /// Questions with each of the awkward texts as one argument, in a window that holds everything.
    private static func awkward(_ tool: String, _ names: String..., days: Bool = true) -> [ToolQuestion] {
        names.flatMap { name in
            texts.map { text in
                var arguments = days ? (["days": 3660, "limit": 5] as JSONValue).object ?? JSONObject() : JSONObject()
                arguments[name] = .string(text)
                return ToolQuestion(tool, .object(arguments))
            }
        }
    }

    /// What the tools about jobs have in common.
    private static let jobFilters: [JSONValue] = [
        ["days": 200, "username": "Ada Fischer"], ["days": 200, "username": "ada fischer"],
        ["days": 200, "username": "%fischer%"], ["days": 200, "username": "A%r"],
        ["days": 200, "username": .string(EdgeCases.nonASCIIUser)], ["days": 200, "username": "zo\u{EB}%"],
        ["days": 200, "site": "E1_BNL"], ["days": 200, "site": "E1_%"], ["days": 200, "site": "e1_bnl%"],
        ["days": 200, "site": "%BNL%"], ["days": 200, "site": "%bnl%"],
        ["days": 200, "taskid": .integer(EdgeCases.taskOfEdgeCases)],
        ["days": 200, "taskid": 1], ["days": 200, "taskid": .integer(.max)],
    ]

    private static let requests: [JSONValue] = [
        ["days": 200, "reqid": 1], ["days": 200, "reqid": 2_147_483_647], ["days": 200, "reqid": 2_147_483_648],
        ["days": 200, "reqid": .integer(.max)],
    ]

    private static let activity: [ToolQuestion] =
        questions("panda_get_activity", [[:]] + windows + jobFilters.prefix(8))
        + questions("panda_get_activity", [["workinggroup": "EIC", "days": 90], ["workinggroup": "E%", "days": 90]])

    private static let jobs: [ToolQuestion] =
        questions("panda_list_jobs", [[:]] + windows + jobFilters + requests)
        + questions(
            "panda_list_jobs",
            [
                ["days": 200, "status": "failed"], ["days": 200, "status": "FINISHED"],
                ["days": 200, "status": "f%"], ["days": 200, "status": "F%"], ["status": "nonsense"],
                ["before_id": .integer(EdgeCases.jobWithLongDiagnosis), "days": 200],
                ["before_id": .integer(.max)], ["limit": 1000, "days": 200], ["limit": 0], ["limit": 1001],
                ["cursor": "c1.5.1.2"], ["cursor": "nonsense"], ["unknown": 1],
                ["cursor": "c1.-9223372036854775808.-62135596800000000.253402300799999999"],
            ]
        )
        + [
            ToolQuestion("panda_list_jobs", ["days": 200, "limit": 40], pages: 4),
            ToolQuestion("panda_list_jobs", ["days": 30, "limit": 7, "status": "failed", "site": "%BNL%"], pages: 10),
        ]
        + awkward("panda_list_jobs", "username")

    private static let tasks: [ToolQuestion] =
        questions("panda_list_tasks", [[:]] + windows + requests)
        + questions(
            "panda_list_tasks",
            [
                ["days": 200, "status": "done"], ["days": 200, "status": "RUNNING"], ["days": 200, "status": "%ed"],
                ["days": 200, "username": "afischer"], ["days": 200, "username": "Ada%"],
                ["days": 200, "taskname": "eff_100"], ["days": 200, "taskname": "eff_100%"],
                ["days": 200, "taskname": "user.afischer.eff_100%_scan"], ["days": 200, "taskname": "EFF_100"],
                ["days": 200, "workinggroup": "EIC"], ["days": 200, "workinggroup": "eic"],
                ["days": 200, "processingtype": "__blank__"], ["days": 200, "processingtype": "panda-client%"],
                ["days": 200, "processingtype": "epicproduction"], ["taskid": .integer(EdgeCases.staleTask)],
                ["taskid": .integer(EdgeCases.taskWithHugeParameters)], ["taskid": .integer(.max)],
                ["days": 200, "before_id": .integer(EdgeCases.taskWithHugeParameters)],
                ["days": 200, "limit": 500], ["limit": 501], ["cursor": "c1"],
            ]
        )
        + [ToolQuestion("panda_list_tasks", ["days": 200, "limit": 10], pages: 5)]
        + awkward("panda_list_tasks", "taskname")

    private static let studies: [ToolQuestion] = questions(
        "panda_study_job",
        (EdgeCases.jobs + [1, 1_690_800, 1_690_100, 1_689_500, .max]).map { ["pandaid": .integer($0)] }
            + [["pandaid": 0], [:]]
    )

    private static let components: [JSONValue] = [
        "brokerage", "ddm", "executor", "dispatcher", "pilot", "supervisor", "taskbuffer", "transformation",
        "nonsense",
    ]

    private static let failures: [ToolQuestion] =
        questions("panda_diagnose_jobs", [[:]] + windows.prefix(5) + jobFilters + requests)
        + questions("panda_diagnose_jobs", components.map { ["days": 200, "error_component": $0] })
        + questions("panda_diagnose_jobs", [["before_id": .integer(EdgeCases.jobWithoutDiagnosis), "days": 90]])
        + [ToolQuestion("panda_diagnose_jobs", ["days": 200, "limit": 20], pages: 4)]
        + awkward("panda_diagnose_jobs", "site")
        + questions("panda_error_summary", [[:]] + windows.prefix(5) + jobFilters.prefix(3) + jobFilters.suffix(5))
        + questions("panda_error_summary", components.map { ["days": 200, "error_source": $0] })
        + questions("panda_error_summary", [["days": 200, "limit": 1], ["days": 200, "limit": 200]])
        + questions(
            "panda_error_summary",
            ["BNL_PROD_DISK_1", "BNL%", "bnl%", "none", ""].map { ["days": 90, "destinationse": $0] }
        )

    private static let usage: [ToolQuestion] =
        questions("panda_resource_usage", [[:]] + windows + jobFilters)
        + questions(
            "panda_resource_usage",
            [["days": 200, "bucket": "week"], ["days": 200, "bucket": "day"], ["bucket": "month"]]
        )
        + questions("panda_resource_usage", ["EIC", "E%", "eic", "none"].map { ["days": 90, "workinggroup": $0] })

    private static let queues: [ToolQuestion] =
        questions(
            "panda_list_queues",
            [
                [:], ["vo": "eic"], ["status": "online"], ["status": "ONLINE"], ["state": "ACTIVE"],
                ["cloud": "US"], ["site": "BNL"], ["resource_type": "GRID"], ["search": "bnl"], ["search": "_"],
                ["limit": 500], ["cursor": "nonsense"],
            ]
        )
        + [ToolQuestion("panda_list_queues", ["limit": 2], pages: 20)]
        + questions(
            "panda_get_queue",
            [
                ["panda_queue": "BNL_PanDA_1"], ["panda_queue": "E1_BNL"], ["panda_queue": "e1_bnl"],
                ["panda_queue": "E1_JLAB"], ["panda_queue": "NERSC_Perlmutter_epic"], ["panda_queue": "BNL%"],
                ["panda_queue": ""],
            ]
        )
        + awkward("panda_get_queue", "panda_queue", days: false)

    private static let explanations: [ToolQuestion] = questions(
        "panda_explain_error",
        [
            ["code": 1305], ["code": 1099, "component": "pilot"], ["code": 139, "component": "transformation"],
            ["text": "Failed to stage-in file"], [:],
        ]
    )

    private static let agents: [ToolQuestion] =
        questions(
            "swf_list_agents",
            [
                [:], ["status": "all"], ["status": "exited"], ["status": "ERROR"], ["status": "nonsense"],
                ["namespace": "testbed-west"], ["namespace": "TESTBED-WEST"], ["agent_type": "daqsim"],
                ["agent_type": "STF_Processing"], ["status": "all", "agent_type": "nonsense"],
                ["status": "all", "execution_id": .string(EdgeCases.runningExecution)],
                ["status": "all", "execution_id": "none"], ["start_time": "2026-11-21T04:59:00Z"],
                ["status": "all", "end_time": "2026-11-21T04:59:00.5Z"],
                ["status": "all", "start_time": "0001-01-01", "end_time": "9999-12-31T23:59:59Z"],
                ["start_time": "2026-11-21", "end_time": "2026-11-20"], ["cursor": "o1.1000000"], ["cursor": "o1.-1"],
                ["limit": 500, "status": "all"],
            ]
        )
        + [ToolQuestion("swf_list_agents", ["status": "all", "limit": 5], pages: 4)]
        + texts.suffix(12).map { ToolQuestion("swf_list_agents", ["status": "all", "namespace": .string($0)]) }

    private static let logs: [ToolQuestion] =
        questions("swf_list_logs", [[:]] + windows)
        + questions(
            "swf_list_logs",
            [
                ["app_name": "base_agent"], ["app_name": "BASE_AGENT"], ["instance_name": "agent-manager-afischer"],
                ["execution_id": .string(EdgeCases.runningExecution)],
                ["execution_id": .string(EdgeCases.failedExecution), "level": "warning"],
                ["execution_id": .string(EdgeCases.terminatedExecution), "limit": 3], ["execution_id": "none"],
                ["level": "DEBUG"], ["level": "critical"], ["level": "nonsense"], ["search": "stf"],
                ["search": "HTTP 502"], ["search": "87%"], ["search": "_01"], ["search": "ÜBER"],
                ["limit": 1000], ["cursor": "c1.5.1.2"], ["cursor": "nonsense"],
                ["cursor": "c1.900001.1795150800000000.1795237200000000.1795236660000000"],
            ]
        )
        + [
            ToolQuestion("swf_list_logs", ["days": 7, "limit": 40], pages: 4),
            ToolQuestion("swf_list_logs", ["days": 7, "limit": 9, "level": "ERROR"], pages: 3),
        ]
        + awkward("swf_list_logs", "search")
}

import JSON
package import PluginKit

/// Which questions the tools that PanDA's experiments share answer.
package enum PanDARouting {
    /// The routing of a plugin that has some of these tools, with its own numbers and topics.
    ///
    /// `names` name the experiment, in small letters; `jobs` and `tasks` are the `pandaid`s and `jeditaskid`s there are,
    /// nil when any number may be one.
    package static func routing(
        of tools: [ToolDescription],
        names: [String],
        jobs: ClosedRange<Int>?,
        tasks: ClosedRange<Int>?,
        identifiers: [Routing.Identifier] = [],
        topics: [Routing.Topic] = []
    ) -> Routing {
        let present = Set(tools.map(\.name))
        let shared = [
            Routing.Identifier("job", words: ["job", "jobs", "pandaid", "pandaids"], in: jobs),
            Routing.Identifier("task", words: ["task", "tasks", "jeditaskid", "taskid"], in: tasks),
            Routing.Identifier("code", words: ["code", "error", "errorcode", "exitcode"], in: 1...99_999),
        ]
        return Routing(
            names: names,
            identifiers: shared + identifiers,
            topics: [numbers, errors, lists, guides, topics].joined().filter { present.contains($0.tool) }
        )
    }

    private static let numbers: [Routing.Topic] = [
        .number("job", to: "panda_study_job", as: "pandaid"),
        .number("job", to: "panda_study_job", as: "pandaid", phrases: ["why did my job fail", "status of my job"]),
        .number("job", to: "panda_job_log", as: "pandaid", phrases: ["log", "stdout", "stderr"]),
        .number("job", to: "panda_job_retry", as: "pandaid", phrases: ["retry", "resubmit"]),
        .number("job", to: "panda_job_kill", as: "pandaid", phrases: ["kill", "abort"]),
        .number("task", to: "panda_study_task", as: "jeditaskid"),
        .number(
            "task",
            to: "panda_study_task",
            as: "jeditaskid",
            phrases: ["progress of my task", "why did my task fail"]
        ),
        .number("task", to: "panda_task_failures", as: "jeditaskid", phrases: ["failures", "errors"]),
        .number("task", to: "panda_task_retry", as: "jeditaskid", phrases: ["retry", "resubmit"]),
        .number("task", to: "panda_task_kill", as: "jeditaskid", phrases: ["kill", "abort"]),
        .number("task", to: "panda_task_finish", as: "jeditaskid", phrases: ["finish"]),
        .number("task", to: "panda_task_pause", as: "jeditaskid", phrases: ["pause"]),
        .number("task", to: "panda_task_resume", as: "jeditaskid", phrases: ["resume"]),
    ]

    private static let errors: [Routing.Topic] = [
        .number("code", to: "panda_explain_error", as: "code"),
        .number(
            "code",
            to: "panda_explain_error",
            as: "code",
            phrases: ["pilot error"],
            arguments: ["component": "pilot"]
        ),
        .phrases(
            ["analyze the failures", "failures", "errors", "most common errors", "what fails"],
            to: "panda_error_summary",
            days: "days"
        ),
        .phrases(["what does this error message mean", "error code"], to: "panda_explain_error"),
        .phrases(["failed jobs", "diagnose jobs"], to: "panda_diagnose_jobs", days: "days"),
    ]

    private static let lists: [Routing.Topic] = [
        .phrases(["what is the system doing", "activity", "how busy", "overview"], to: "panda_get_activity"),
        .phrases(
            ["summarize the performance", "workflow performance", "efficiency"],
            to: "panda_performance_summary",
            days: "days"
        ),
        .phrases(["core hours", "cpu usage", "resource usage"], to: "panda_resource_usage", days: "days"),
        .phrases(["list jobs", "my jobs", "running jobs", "jobs of a user"], to: "panda_list_jobs", days: "days"),
        .phrases(["list tasks", "my tasks", "running tasks", "tasks of a user"], to: "panda_list_tasks", days: "days"),
        .phrases(["queues", "which sites"], to: "panda_list_queues"),
        .phrases(["pilots", "harvester workers"], to: "panda_harvester_workers"),
        .phrases(["find a dataset", "find datasets", "which datasets"], to: "rucio_find_dids"),
        .phrases(["where is my dataset", "replicas", "copies of a dataset"], to: "rucio_replicas"),
        .phrases(["files of a dataset"], to: "rucio_files"),
        .phrases(["replication rules", "why is my rule stuck"], to: "rucio_rules"),
        .phrases(["quota", "space of my account"], to: "rucio_account_usage"),
        .phrases(["free space of storage", "how full is a storage element"], to: "rucio_rse_usage"),
        .phrases(["service health", "is a service down"], to: "panda_service_health"),
    ]

    private static let guides: [Routing.Topic] = [
        .phrases(
            ["documentation", "submit a job", "tutorial", "manual", "what is a brokerage"],
            to: "ask_docs",
            question: "question"
        )
    ]
}

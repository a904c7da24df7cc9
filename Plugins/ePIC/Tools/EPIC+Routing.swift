import PanDAKit
import PluginKit

extension EPIC {
    static let routing = PanDARouting.routing(
        of: descriptions,
        names: ["eic", "testbed", "swf"],
        jobs: 100_000...99_999_999,
        tasks: 1000...999_999,
        identifiers: [
            Routing.Identifier("run", words: ["run", "runs"], in: 100_000...999_999),
            Routing.Identifier("entry", words: ["log", "entry"]),
        ],
        topics: [
            .number("run", to: "swf_get_run", as: "run_number"),
            .number("run", to: "swf_list_stf_files", as: "run_number", phrases: ["files", "STF"]),
            .number("entry", to: "swf_get_log_entry", as: "log_id"),
            .phrases(["what is the system doing", "system state", "is anything running"], to: "swf_get_system_state"),
            .phrases(["is my testbed ready", "testbed status"], to: "swf_get_testbed_status"),
            .phrases(["agents", "which agents are alive"], to: "swf_list_agents"),
            .phrases(["workflow executions", "running workflows"], to: "swf_list_workflow_executions"),
            .phrases(["start a workflow", "run a workflow"], to: "swf_start_workflow"),
            .phrases(["data taking runs", "list runs"], to: "swf_list_runs"),
            .phrases(["agent log", "log messages"], to: "swf_list_logs"),
            .phrases(["physics tags", "search tags"], to: "pcs_search_tags"),
        ]
    )
}

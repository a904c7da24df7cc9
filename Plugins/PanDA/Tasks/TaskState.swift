/// The states of a JEDI task.
package enum TaskState {
    /// State → what it means.
    static let meanings: [String: String] = [
        "registered": "injected",
        "defined": "parameters parsed",
        "assigning": "being assigned to a storage resource",
        "ready": "may generate jobs",
        "pending": "temporary obstacle or waiting for input",
        "scouting": "scout jobs measuring",
        "scouted": "enough scouts succeeded",
        "running": "generating and running jobs",
        "prepared": "work over, post-processing next",
        "done": "all input processed",
        "failed": "nothing processed",
        "finished": "partly processed",
        "aborting": "kill received",
        "aborted": "killed",
        "finishing": "finish received while running",
        "topreprocess": "pre-processing next",
        "preprocessing": "pre-processing",
        "tobroken": "about to be broken",
        "broken": "cannot run (bad parameters)",
        "toretry": "retry received",
        "toincexec": "incremental execution received",
        "rerefine": "parameters changing for incremental execution",
        "paused": "idle until resume",
        "throttled": "not generating jobs for now",
        "exhausted": "system gave up; a person must act",
    ]

    /// States a task leaves only by a command.
    static let final: Set<String> = ["done", "finished", "failed", "aborted", "broken"]

    /// What a state means; nil for one this table does not have.
    package static func meaning(of state: String) -> String? { meanings[state] }

    /// Whether a task in this state has ended.
    package static func isFinal(_ state: String) -> Bool { final.contains(state) }
}

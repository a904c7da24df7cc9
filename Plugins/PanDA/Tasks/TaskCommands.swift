import PluginKit

/// The commands a person may give a task, by the rules of the PanDA server.
package enum TaskCommands {
    /// A command with what it would do in the task's state.
    package struct Command: Encodable, Hashable, Sendable {
        package let command: String
        package let effect: String

        static let schema = Schema.object([
            .required("command", .string("The command's name in PanDA.")),
            .required("effect", .string("What it does to a task in this state.")),
        ])
    }

    /// States in which the server refuses to end a task from outside.
    private static let closedToChange: Set<String> = [
        "finished", "done", "prepared", "broken", "tobroken", "aborted", "toabort", "aborting", "failed", "passed",
    ]
    private static let retried: Set<String> = ["finished", "failed", "aborted", "exhausted"]
    private static let reassigned: Set<String> = [
        "registered", "defined", "ready", "running", "scouting", "scouted", "pending", "assigning", "exhausted",
    ]
    private static let notPaused: Set<String> = ["finished", "failed", "done", "aborted", "broken", "paused"]

    /// The commands the server takes in a state; none for a state this table does not know.
    package static func legal(in status: String) -> [Command] {
        guard TaskState.meaning(of: status) != nil else { return [] }
        var commands: [Command] = []
        func add(_ command: String, _ effect: String, _ isLegal: Bool) {
            if isLegal { commands.append(Command(command: command, effect: effect)) }
        }
        add("retry", "processes the input that failed once more", retried.contains(status))
        add("retry", "retries only what has failed so far; the rest goes on", status == "running")
        add(
            "incexec",
            "processes input that was added since, with changed parameters if wanted",
            retried.contains(status) || status == "done"
        )
        add("finish", "stops making jobs and keeps what is done", !closedToChange.contains(status))
        add("kill", "ends the task and its jobs", !closedToChange.contains(status))
        add("reassign", "sends the task to another site", reassigned.contains(status))
        add("pause", "makes no more jobs until resume", !notPaused.union(closedToChange).contains(status))
        add("resume", "goes on where it was paused", status == "paused")
        return commands
    }
}

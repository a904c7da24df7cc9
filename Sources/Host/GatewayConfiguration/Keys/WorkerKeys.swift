/// The keys of `workers`.
enum WorkerKeys {
    /// What a site may require; `no-new-privs`, `seccomp` and `rlimits` always are.
    static let walls = ["landlock", "namespaces", "capabilities"]

    static var table: KeyTable<WorkersSettings> {
        KeyTable([
            .words(
                "required_walls",
                \.requiredWalls,
                of: walls,
                takes: .atStart,
                "Walls without which no plugin is loaded into a worker, beside `no-new-privs`, `seccomp` and `rlimits`, which always are there; the log of the start names those that are"
            ),
            .bool(
                "spare",
                \.keepsSpare,
                takes: .atStart,
                "Whether a second process of each plugin waits to take the place of one that crashes"
            ),
            .time(
                "silence",
                \.silence,
                .seconds(1)...(.seconds(300)),
                takes: .atStart,
                "How long the thread that takes a worker's calls may not answer before the worker is ended"
            ),
            .integer(
                "crashes",
                \.crashes,
                1...100_000,
                takes: .atStart,
                "So many crashes within `crash_window`, and the plugin rests"
            ),
            .time(
                "crash_window",
                \.crashWindow,
                .seconds(1)...(.seconds(3600)),
                takes: .atStart,
                "The time in which crashes are counted"
            ),
            .time(
                "rest",
                \.rest,
                .milliseconds(100)...(.seconds(3600)),
                takes: .atStart,
                "How long a plugin that rests is not started again; its calls are `unavailable` at once"
            ),
            .time(
                "drain",
                \.drain,
                .milliseconds(100)...(.seconds(3600)),
                takes: .atStart,
                "How long calls of a worker that is replaced may go on"
            ),
            .integer(
                "log_lines",
                \.logLines,
                1...100_000,
                takes: .atStart,
                "Lines of the log that one worker may write in a second; others are counted"
            ),
        ])
    }
}

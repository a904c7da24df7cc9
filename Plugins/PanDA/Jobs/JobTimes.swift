package import PluginKit

/// When a job did what, and how long that took: computed here, not by whoever reads it.
package struct JobTimes: Encodable, Hashable, Sendable {
    package let created: Timestamp?
    package let started: Timestamp?
    package let ended: Timestamp?
    package let modified: Timestamp?
    /// From creation to start, or to now or the end for a job that never started.
    package let waitingSeconds: Int?
    package let waiting: String?
    /// From start to the payload's end, or to now while it runs.
    package let runningSeconds: Int?
    package let running: String?

    package init(
        created: Timestamp?,
        started: Timestamp?,
        ended: Timestamp?,
        modified: Timestamp?,
        isFinal: Bool,
        now: Timestamp
    ) {
        // PanDA writes the beginning of 1970 where it means "not yet".
        let created = created.flatMap(Self.meant)
        let started = started.flatMap(Self.meant)
        let ended = ended.flatMap(Self.meant)
        self.created = created
        self.started = started
        self.ended = ended
        self.modified = modified.flatMap(Self.meant)
        let last = ended ?? (isFinal ? self.modified ?? now : now)
        waitingSeconds = created.map { max(0, (started ?? last).seconds(since: $0)) }
        runningSeconds = started.map { max(0, last.seconds(since: $0)) }
        waiting = waitingSeconds.map(Self.text)
        running = runningSeconds.map(Self.text)
    }

    /// The moment, unless it is the beginning of 1970.
    static func meant(_ time: Timestamp) -> Timestamp? {
        time.seconds < 86_400 ? nil : time
    }

    /// `5 h 46 min`, `46 min`, `12 s`, `3 d 2 h`.
    package static func text(_ seconds: Int) -> String {
        let (minutes, hours, days) = (seconds / 60, seconds / 3600, seconds / 86_400)
        if days >= 2 { return "\(days) d \(hours % 24) h" }
        if hours > 0 { return "\(hours) h \(minutes % 60) min" }
        return minutes > 0 ? "\(minutes) min" : "\(seconds) s"
    }

    private enum CodingKeys: String, CodingKey {
        case created, started, ended, modified
        case waitingSeconds = "waiting_seconds"
        case waiting
        case runningSeconds = "running_seconds"
        case running
    }

    static let schema = Schema.object([
        .optional("created", .time()),
        .optional("started", .time("Absent when it never started.")),
        .optional("ended", .time()),
        .optional("modified", .time()),
        .optional("waiting_seconds", .integer("From creation to start, or until now or the end without a start.")),
        .optional("waiting", .string("The same for people.")),
        .optional("running_seconds", .integer("From start to the payload's end, or until now while it runs.")),
        .optional("running", .string("The same for people.")),
    ])
}

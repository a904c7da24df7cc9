package import PluginKit

/// When a task did what, and how long that took: computed here, not by whoever reads it.
package struct TaskTimes: Encodable, Hashable, Sendable {
    package let created: Timestamp?
    package let started: Timestamp?
    package let ended: Timestamp?
    package let modified: Timestamp?
    /// From creation to the end, or to now.
    package let ageSeconds: Int?
    package let age: String?
    /// From start to the end, or to now; nil for a task that never started.
    package let runningSeconds: Int?
    package let running: String?

    package init(_ facts: TaskFacts, isFinal: Bool, now: Timestamp) {
        created = facts.created.flatMap(JobTimes.meant)
        started = facts.started.flatMap(JobTimes.meant)
        ended = isFinal ? facts.ended.flatMap(JobTimes.meant) : nil
        modified = facts.modified.flatMap(JobTimes.meant)
        let last = isFinal ? ended ?? modified ?? now : now
        ageSeconds = created.map { max(0, last.seconds(since: $0)) }
        runningSeconds = started.map { max(0, last.seconds(since: $0)) }
        age = ageSeconds.map(JobTimes.text)
        running = runningSeconds.map(JobTimes.text)
    }

    private enum CodingKeys: String, CodingKey {
        case created, started, ended, modified
        case ageSeconds = "age_seconds"
        case age
        case runningSeconds = "running_seconds"
        case running
    }

    static let schema = Schema.object([
        .optional("created", .time()),
        .optional("started", .time("Absent when it has not started.")),
        .optional("ended", .time("Absent while it has not ended.")),
        .optional("modified", .time("When its state last changed or was looked at.")),
        .optional("age_seconds", .integer("From creation to the end, or until now.")),
        .optional("age", .string("The same for people.")),
        .optional("running_seconds", .integer("From start to the end, or until now.")),
        .optional("running", .string("The same for people.")),
    ])
}

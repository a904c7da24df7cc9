package import PluginKit

/// One line of a list of tasks.
package struct TaskListItem: Encodable, Hashable, Sendable {
    package var jeditaskid: Int
    /// What the owner called it; untrusted text.
    package var taskName: String?
    package var status: String
    package var username: String?
    package var workingGroup: String?
    package var processingType: String?
    package var reqid: Int?
    package var site: String?
    package var created: Timestamp?
    package var started: Timestamp?
    package var ended: Timestamp?
    package var modified: Timestamp?
    package var coreCount: Int?
    package var priority: Int?
    package var attempt: Int?
    /// As PanDA reports it; most servers leave it out.
    package var progress: Int?
    package var failureRate: Int?
    /// What the owner is told; untrusted text.
    package var errorDialog: String?
    package var counts: TaskCounts

    package init(jeditaskid: Int, status: String, counts: TaskCounts = TaskCounts()) {
        self.jeditaskid = jeditaskid
        self.status = status
        self.counts = counts
    }

    private enum CodingKeys: String, CodingKey {
        case jeditaskid
        case taskName = "taskname"
        case status, username
        case workingGroup = "workinggroup"
        case processingType = "processing_type"
        case reqid, site, created, started, ended, modified
        case coreCount = "core_count"
        case priority, attempt, progress
        case failureRate = "failure_rate"
        case errorDialog = "error_dialog"
        case counts
    }

    package static let schema = Schema.object([
        .required("jeditaskid", .integer("The task's id.")),
        .optional("taskname", .untrustedText("What the owner called it.")),
        .required("status", .string("The task's state.")),
        .optional("username", .string("Who submitted it.")),
        .optional("workinggroup", .string()),
        .optional("processing_type", .string()),
        .optional("reqid", .integer()),
        .optional("site", .string("The queue it is bound to, when it is.")),
        .optional("created", .time()),
        .optional("started", .time()),
        .optional("ended", .time()),
        .optional("modified", .time()),
        .optional("core_count", .integer()),
        .optional("priority", .integer()),
        .optional("attempt", .integer("How often the task was retried.")),
        .optional("progress", .integer("Percent, as PanDA reports it.")),
        .optional("failure_rate", .integer("Percent, as PanDA reports it.")),
        .optional("error_dialog", .untrustedText("What the owner is told in PanDA.")),
        .required("counts", TaskCounts.schema),
    ])
}

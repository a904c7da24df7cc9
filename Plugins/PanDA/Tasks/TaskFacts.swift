package import PluginKit

/// One task as a source knows it, before anything is concluded from it.
package struct TaskFacts: Sendable {
    package var jeditaskid: Int
    package var status: String
    package var name: String?
    /// The state of the task's whole chain, as the production system sees it.
    package var superstatus: String?
    package var user: String?
    package var created: Timestamp?
    package var started: Timestamp?
    package var ended: Timestamp?
    package var modified: Timestamp?
    package var counts = TaskFileCounts()
    /// Nil when the source could not tell; `missingParts` says why.
    package var jobs: TaskJobCounts?
    package var datasets: [TaskDataset] = []
    package var errorDialog: String?
    package var attributes = TaskAttributes()
    package var missingParts: [String] = []
    package var monitorURLs: [Link] = []

    package init(jeditaskid: Int, status: String) {
        self.jeditaskid = jeditaskid
        self.status = status
    }
}

/// How many input files and events a task has, and how many are done; nil where the source does not say.
package struct TaskFileCounts: Hashable, Sendable {
    package var total: Int?
    package var finished: Int?
    package var failed: Int?
    package var missing: Int?
    package var eventsTotal: Int?
    package var eventsUsed: Int?
    /// Percentages of the source itself, used only where counts are missing.
    package var reportedPercentFinished: Int?
    package var reportedPercentFailed: Int?

    package init() {}

    /// Counts over the input of a task, for a source that does not sum it up.
    package init(over datasets: [TaskDataset]) {
        let inputs = datasets.filter { $0.type == "input" || $0.type == "pseudo_input" }
        func sum(_ count: (TaskDataset) -> Int?) -> Int? {
            let counts = inputs.compactMap(count)
            return counts.isEmpty ? nil : counts.reduce(0, +)
        }
        total = sum(\.files)
        finished = sum(\.finished)
        failed = sum(\.failed)
    }
}

/// What kind of task it is and where it stands in the queue.
package struct TaskAttributes: Encodable, Hashable, Sendable {
    package var type: String?
    package var label: String?
    package var processingType: String?
    package var workingGroup: String?
    package var campaign: String?
    package var globalShare: String?
    package var nucleus: String?
    package var priority: Int?
    package var currentPriority: Int?
    package var coreCount: Int?
    package var memoryMegabytes: Int?
    package var attempt: Int?
    package var parentTask: Int?
    package var request: Int?

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case type, label
        case processingType = "processing_type"
        case workingGroup = "working_group"
        case campaign
        case globalShare = "gshare"
        case nucleus, priority
        case currentPriority = "current_priority"
        case coreCount = "core_count"
        case memoryMegabytes = "memory_megabytes_per_core"
        case attempt
        case parentTask = "parent_jeditaskid"
        case request = "request_id"
    }

    static let schema = Schema.object([
        .optional("type", .string("anal for a user's task, prod for production.")),
        .optional("label", .string("The source label of its jobs, such as user or managed.")),
        .optional("processing_type", .string()),
        .optional("working_group", .string()),
        .optional("campaign", .string()),
        .optional("gshare", .string("The global share it counts for.")),
        .optional("nucleus", .string("The site its output is gathered at.")),
        .optional("priority", .integer("The priority it was given.")),
        .optional("current_priority", .integer("The priority it has now.")),
        .optional("core_count", .integer()),
        .optional("memory_megabytes_per_core", .integer()),
        .optional("attempt", .integer("How often it was started again as a whole.")),
        .optional("parent_jeditaskid", .integer("The task it waits for.")),
        .optional("request_id", .integer()),
    ])
}

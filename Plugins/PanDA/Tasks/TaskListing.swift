package import JSON
package import PluginKit

/// Lists tasks; each experiment has its own source.
package protocol TaskListing: Sendable {
    /// The tasks that match, newest id first.
    ///
    /// A task whose last change is not in the window does not match, nor does a ``ForgottenTask`` unless its id is asked for.
    func tasks(matching query: TaskQuery, in context: CallContext) async throws(ToolError) -> TaskPage
}

/// Which tasks are wanted.
package struct TaskQuery: Hashable, Sendable {
    package var question: WindowedQuestion
    /// Exact, or a pattern when it holds `%`; the same for `username` and `workingGroup`.
    package var status: String?
    package var username: String?
    package var workingGroup: String?
    /// A part of the name, or a pattern when it holds `%`.
    package var taskName: String?
    /// Exact, or a pattern when it holds `%`; ``ProcessingType/blank`` for tasks without one.
    package var processingType: String?
    package var taskID: Int?
    package var requestID: Int?
    package var limit: Int

    /// The filters as they are shown in the answer.
    package var filters: JSONValue {
        var filters = JSONObject()
        filters["status"] = status.map(JSONValue.string)
        filters["username"] = username.map(JSONValue.string)
        filters["workinggroup"] = workingGroup.map(JSONValue.string)
        filters["taskname"] = taskName.map(JSONValue.string)
        filters["processingtype"] = processingType.map(JSONValue.string)
        filters["taskid"] = taskID.map(JSONValue.integer)
        filters["reqid"] = requestID.map(JSONValue.integer)
        filters["limit"] = .integer(limit)
        return .object(filters)
    }
}

/// Some of the tasks that match, and counts over all of them.
package struct TaskPage: Sendable {
    package var tasks: [TaskListItem]
    package var hasMore: Bool
    /// State → number of tasks, over everything that matches.
    package var countsByStatus: [(status: String, count: Int)]
    /// False when the source did not look at all that match: counts are then lower bounds.
    package var isComplete: Bool
    package var monitorURLs: [Link]

    package init(
        tasks: [TaskListItem],
        hasMore: Bool,
        countsByStatus: [(status: String, count: Int)],
        isComplete: Bool = true,
        monitorURLs: [Link] = []
    ) {
        self.tasks = tasks
        self.hasMore = hasMore
        self.countsByStatus = countsByStatus
        self.isComplete = isComplete
        self.monitorURLs = monitorURLs
    }
}

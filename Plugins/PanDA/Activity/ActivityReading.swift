package import JSON
package import PluginKit

/// Counts jobs and tasks of a window; each experiment has its own source.
package protocol ActivityReading: Sendable {
    /// The counts of what changed in the window.
    ///
    /// Of the tasks a ``ForgottenTask`` does not count.
    func activity(matching query: ActivityQuery, in context: CallContext) async throws(ToolError) -> ActivityFacts
}

/// Whose activity is wanted.
package struct ActivityQuery: Hashable, Sendable {
    package var window: Window
    /// Exact, or a pattern when it holds `%`; the same for the two below.
    package var username: String?
    /// Jobs only: a task has no one site.
    package var site: String?
    /// Tasks only.
    package var workingGroup: String?

    /// The filters as they are shown in the answer.
    package var filters: JSONValue {
        var filters = JSONObject()
        filters["username"] = username.map(JSONValue.string)
        filters["site"] = site.map(JSONValue.string)
        filters["workinggroup"] = workingGroup.map(JSONValue.string)
        return .object(filters)
    }
}

/// What a source counted.
package struct ActivityFacts: Hashable, Sendable {
    /// How many jobs or tasks of one state belong to one name.
    package struct Count: Hashable, Sendable {
        /// The user, site or kind; nil where the source has none.
        package let name: String?
        package let status: String
        package let count: Int

        package init(name: String?, status: String, count: Int) {
            self.name = name
            self.status = status
            self.count = count
        }
    }

    package var jobsByUser: [Count]
    package var jobsBySite: [Count]
    package var tasksByUser: [Count]
    /// By ``ProcessingType`` as the source has it.
    package var tasksByType: [Count]
    /// What is not counted, for the reader.
    package var note: String?
    package var monitorURLs: [Link]

    package init(
        jobsByUser: [Count],
        jobsBySite: [Count],
        tasksByUser: [Count],
        tasksByType: [Count],
        note: String? = nil,
        monitorURLs: [Link] = []
    ) {
        self.jobsByUser = jobsByUser
        self.jobsBySite = jobsBySite
        self.tasksByUser = tasksByUser
        self.tasksByType = tasksByType
        self.note = note
        self.monitorURLs = monitorURLs
    }
}

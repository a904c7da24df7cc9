package import JSON
package import PluginKit

/// Sums up what jobs used; each experiment has its own source.
package protocol UsageReading: Sendable {
    /// What the finished jobs that ended in the window used.
    func usage(matching query: UsageQuery, in context: CallContext) async throws(ToolError) -> UsageFacts
}

/// Whose usage is wanted.
package struct UsageQuery: Hashable, Sendable {
    package var window: Window
    /// Exact, or a pattern when it holds `%`; the same for `site`.
    package var username: String?
    package var site: String?
    package var taskID: Int?
    package var workingGroup: String?

    /// The filters as they are shown in the answer.
    package var filters: JSONObject {
        var filters = JSONObject()
        filters["username"] = username.map(JSONValue.string)
        filters["site"] = site.map(JSONValue.string)
        filters["taskid"] = taskID.map(JSONValue.integer)
        filters["workinggroup"] = workingGroup.map(JSONValue.string)
        return filters
    }
}

/// What a source summed up, unordered.
package struct UsageFacts: Sendable {
    package var bySite: [(name: String?, usage: Usage)]
    package var byUser: [(name: String?, usage: Usage)]
    /// By day of the end, UTC; each the day's beginning.
    package var byDay: [(day: Timestamp, usage: Usage)]
    /// What is not summed up, for the reader.
    package var note: String?

    package init(
        bySite: [(name: String?, usage: Usage)],
        byUser: [(name: String?, usage: Usage)],
        byDay: [(day: Timestamp, usage: Usage)],
        note: String? = nil
    ) {
        self.bySite = bySite
        self.byUser = byUser
        self.byDay = byDay
        self.note = note
    }
}

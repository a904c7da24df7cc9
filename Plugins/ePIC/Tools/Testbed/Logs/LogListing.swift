import JSON
import PanDAKit
import PluginKit

/// Lists lines of the testbed's log.
protocol LogListing: Sendable {
    /// The lines that match, the newest first.
    func logs(matching query: LogQuery, in context: CallContext) async throws(ToolError) -> LogPage
    /// When an execution began, or nil when there is no such execution.
    func start(ofExecution id: String, in context: CallContext) async throws(ToolError) -> Timestamp?
}

/// Which lines are wanted.
struct LogQuery: Hashable, Sendable {
    var question: WindowedQuestion
    var application: String?
    var instance: String?
    var executionID: String?
    /// This level or a worse one.
    var severity: LogSeverity?
    /// A part of the message, in upper or lower case.
    var search: String?
    var limit: Int

    /// The filters as they are shown in the answer.
    var filters: JSONValue {
        var filters = JSONObject()
        filters["app_name"] = application.map(JSONValue.string)
        filters["instance_name"] = instance.map(JSONValue.string)
        filters["execution_id"] = executionID.map(JSONValue.string)
        filters["level"] = severity.map { .string("\($0.name) or worse") }
        filters["search"] = search.map(JSONValue.string)
        filters["limit"] = .integer(limit)
        return .object(filters)
    }
}

/// Some of the lines that match, and counts over all of them.
struct LogPage: Sendable {
    var logs: [LogItem]
    var hasMore: Bool
    var countsByLevel: [(level: String, count: Int)]
}

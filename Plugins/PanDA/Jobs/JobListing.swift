package import JSON
package import PluginKit

/// Lists jobs; each experiment has its own source.
package protocol JobListing: Sendable {
    /// The jobs that match, newest id first.
    func jobs(matching query: JobQuery, in context: CallContext) async throws(ToolError) -> JobPage
}

/// Which jobs are wanted.
package struct JobQuery: Hashable, Sendable {
    package var question: WindowedQuestion
    /// Exact, or a pattern when it holds `%`; the same for `username` and `site`.
    package var status: String?
    package var username: String?
    package var site: String?
    package var taskID: Int?
    package var requestID: Int?
    package var limit: Int

    /// The filters as they are shown in the answer.
    package var filters: JSONValue {
        var filters = JSONObject()
        filters["status"] = status.map(JSONValue.string)
        filters["username"] = username.map(JSONValue.string)
        filters["site"] = site.map(JSONValue.string)
        filters["taskid"] = taskID.map(JSONValue.integer)
        filters["reqid"] = requestID.map(JSONValue.integer)
        filters["limit"] = .integer(limit)
        return .object(filters)
    }
}

/// Some of the jobs that match, and counts over all of them.
package struct JobPage: Sendable {
    package var jobs: [JobListItem]
    package var totalCount: Int
    package var hasMore: Bool
    /// State → number of jobs, over everything that matches.
    package var countsByStatus: [(status: String, count: Int)]
    /// False when the source did not look at all that match: counts are then lower bounds.
    package var isComplete: Bool
    package var monitorURLs: [Link]

    package init(
        jobs: [JobListItem],
        totalCount: Int,
        hasMore: Bool,
        countsByStatus: [(status: String, count: Int)],
        isComplete: Bool = true,
        monitorURLs: [Link] = []
    ) {
        self.jobs = jobs
        self.totalCount = totalCount
        self.hasMore = hasMore
        self.countsByStatus = countsByStatus
        self.isComplete = isComplete
        self.monitorURLs = monitorURLs
    }
}

/// One line of a list of jobs.
package struct JobListItem: Encodable, Hashable, Sendable {
    package var pandaid: Int
    package var jeditaskid: Int?
    package var reqid: Int?
    package var username: String?
    package var status: String
    package var site: String?
    package var transformation: String?
    package var processingType: String?
    package var created: Timestamp?
    package var started: Timestamp?
    package var ended: Timestamp?
    package var modified: Timestamp?
    package var coreCount: Int?
    package var events: Int?
    package var outputFiles: Int?
    package var outputBytes: Int?
    package var destination: String?

    package init(pandaid: Int, status: String) {
        self.pandaid = pandaid
        self.status = status
    }

    private enum CodingKeys: String, CodingKey {
        case pandaid, jeditaskid, reqid, username, status, site, transformation
        case processingType = "processing_type"
        case created, started, ended, modified
        case coreCount = "core_count"
        case events
        case outputFiles = "output_files"
        case outputBytes = "output_bytes"
        case destination
    }

    package static let schema = Schema.object([
        .required("pandaid", .integer("The PanDA job id.")),
        .optional("jeditaskid", .integer()),
        .optional("reqid", .integer()),
        .optional("username", .string()),
        .required("status", .string()),
        .optional("site", .string("The queue.")),
        .optional("transformation", .string()),
        .optional("processing_type", .string()),
        .optional("created", .time()),
        .optional("started", .time("Absent when it never started.")),
        .optional("ended", .time()),
        .optional("modified", .time()),
        .optional("core_count", .integer()),
        .optional("events", .integer()),
        .optional("output_files", .integer()),
        .optional("output_bytes", .integer()),
        .optional("destination", .string("Where its output goes.")),
    ])
}

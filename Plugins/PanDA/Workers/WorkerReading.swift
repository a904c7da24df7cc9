package import JSON
package import PluginKit

/// Counts the workers that the pilot submitter keeps at the sites; each experiment has its own source.
package protocol WorkerReading: Sendable {
    /// How many workers there are of each site, state, kind of job and resource, as told in the window.
    func workers(matching query: WorkerQuery, in context: CallContext) async throws(ToolError) -> [WorkerCount]
}

/// Which worker counts are wanted.
package struct WorkerQuery: Hashable, Sendable {
    package var window: Window
    /// Exact, or a pattern when it holds `%`; the same for the two below.
    package var site: String?
    package var status: String?
    package var resourceType: String?

    /// The filters as they are shown in the answer.
    package var filters: JSONValue {
        var filters = JSONObject()
        filters["site"] = site.map(JSONValue.string)
        filters["status"] = status.map(JSONValue.string)
        filters["resourcetype"] = resourceType.map(JSONValue.string)
        return .object(filters)
    }
}

/// How many workers have the same site, state, kind of job and resource; nil where the source has none of these.
package struct WorkerCount: Hashable, Sendable {
    package let site: String?
    package let status: String?
    package let jobType: String?
    package let resourceType: String?
    package let workers: Int
    /// When the newest of the counts was told.
    package let told: Timestamp?

    package init(
        site: String?,
        status: String?,
        jobType: String?,
        resourceType: String?,
        workers: Int,
        told: Timestamp?
    ) {
        self.site = site
        self.status = status
        self.jobType = jobType
        self.resourceType = resourceType
        self.workers = workers
        self.told = told
    }
}

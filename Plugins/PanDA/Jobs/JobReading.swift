package import PluginKit

/// Finds one job and what belongs to it; each experiment has its own source.
package protocol JobReading: Sendable {
    /// What is known about a job, or nil when there is no such job.
    func job(withID pandaid: Int, in context: CallContext) async throws(ToolError) -> JobFacts?
}

/// One job as a source knows it, before anything is concluded from it.
package struct JobFacts: Sendable {
    package var pandaid: Int
    package var status: String
    package var task: JobTask?
    package var site: String?
    package var user: String?
    package var attempt: JobAttempt?
    package var created: Timestamp?
    package var started: Timestamp?
    package var ended: Timestamp?
    package var modified: Timestamp?
    package var errors: [JobError] = []
    package var resources = JobResources()
    package var files: [JobFile] = []
    package var pilot: JobPilot?
    package var harvester: JobWorker?
    package var logURLs: [String: String] = [:]
    package var missingParts: [String] = []
    package var monitorURLs: [Link] = []
    /// The job this one was made from when that had failed.
    package var parent: Int?
    /// The other attempts at the same work; nil where nobody asked.
    package var retries: [JobRetry]?

    package init(pandaid: Int, status: String) {
        self.pandaid = pandaid
        self.status = status
    }
}

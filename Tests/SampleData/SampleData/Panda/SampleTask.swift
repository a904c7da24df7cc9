/// A task of the sample.
struct SampleTask: Sendable {
    var id: Int
    var name: String
    var status: String
    var user: SampleUser
    var userName: String
    var processingType: String?
    var request: Int
    var site: String?
    var cores: Int
    var transformation: String
    var isTest = true
    var created: SampleInstant
    var started: SampleInstant?
    var ended: SampleInstant?
    var modified: SampleInstant
    /// How many jobs it gets, relative to the other tasks.
    var jobWeight = 0
    var errorDialog: String?
    var attempts = 0
    // Counted from the jobs.
    var finishedFiles = 0
    var failedFiles = 0
    var activeFiles = 0

    /// Those a task ends in.
    static let finalStatuses: Set = ["done", "finished", "failed", "aborted", "broken"]
}

/// A job of the sample.
struct SampleJob: Sendable {
    var pandaID = 0
    var task: SampleTask
    var status: String
    var substatus: String?
    var site: String?
    var user: String?
    var name: String
    var created: SampleInstant
    var started: SampleInstant?
    var ended: SampleInstant?
    var modified: SampleInstant
    var attempt = 1
    var priority = 900
    var parent: Int?
    var node = 0
    var cpuSeconds = 0
    /// In kB, as the two below.
    var maximumRSS: Int?
    var maximumPSS: Int?
    var averageRSS: Int?
    var events = 0
    var inputBytes = 0
    var outputFiles: Int?
    var outputBytes: Int?
    var pilot: String?
    var errors = JobErrors()
    var destination = "BNL_PROD_DISK_1"

    /// Waiting, running or being finalised: in the table of active jobs.
    var isActive: Bool { !Self.finalStatuses.contains(status) }

    static let finalStatuses: Set = ["finished", "failed", "cancelled", "closed"]
}

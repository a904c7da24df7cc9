/// A job as the monitor tells about it.
///
/// Times are seconds before the request.
struct MonitorJob: Sendable {
    let id: Int
    let task: Int
    let status: String
    let site: String
    let cloud: String
    let user: String
    /// Seconds before now.
    let created: Int
    var started: Int?
    var ended: Int?
    let modified: Int
    var name = ""
    var label = "user"
    var virtualOrganization = "atlas"
    var attempt = 1
    var maximumAttempt = 3
    var cores = 1
    var resourceType = "SCORE"
    var transformation = "http://pandaserver.example.org/trf/runGen-00-00-02"
    var processingType = "panda-client-1.5.92-jedi-run"
    var errors = JobErrors()
    var memoryLimit = 2000
    /// In kB.
    var maximumRSS: Int?
    var maximumPSS: Int?
    var averageRSS: Int?
    var cpuSeconds = 0
    var events = 0
    var logs: [MonitorLog] = []
    /// The job this one is another attempt of.
    var parent: Int?

    /// The errors, with the names the monitor gives their components.
    var namedErrors: [(component: String, field: String, code: Int, diagnosis: String)] {
        let pairs = [
            ("brokerage", "brokerageerrorcode", errors.brokerage), ("dataservice", "ddmerrorcode", errors.ddm),
            ("executor", "exeerrorcode", errors.executor),
            ("jobdispatcher", "jobdispatchererrorcode", errors.dispatcher),
            ("pilot", "piloterrorcode", errors.pilot), ("supervisor", "superrorcode", errors.supervisor),
            ("taskbuffer", "taskbuffererrorcode", errors.taskBuffer),
        ]
        var named = pairs.filter { $0.2.code != 0 }
            .map { (component: $0.0, field: $0.1, code: $0.2.code, diagnosis: $0.2.diagnosis ?? "") }
        if let text = errors.transformationExit, let code = Int(text), code != 0 {
            named.append(("transform", "transexitcode", code, ""))
        }
        return named
    }
}

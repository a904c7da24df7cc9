import PluginKit

/// Which jobs the monitor is asked for.
struct MonitorJobFilter: Sendable {
    var window: Window
    var states: [String] = []
    var status: MonitorPattern?
    var user: MonitorPattern?
    var site: MonitorPattern?
    var destination: MonitorPattern?
    var workingGroup: MonitorPattern?
    var taskID: Int?
    var requestID: Int?

    init(window: Window) {
        self.window = window
    }

    init(_ query: JobQuery) {
        window = query.question.window
        status = MonitorPattern(query.status)
        user = MonitorPattern(query.username)
        site = MonitorPattern(query.site)
        taskID = query.taskID
        requestID = query.requestID
    }

    init(_ query: FailureQuery) {
        window = query.question.window
        states = FailureQuery.states
        user = MonitorPattern(query.username)
        site = MonitorPattern(query.site)
        destination = MonitorPattern(query.destination)
        taskID = query.taskID
        requestID = query.requestID
    }

    /// The columns that are looked at once more.
    var columns: [String] {
        [
            user == nil ? nil : "produsername", site == nil ? nil : "computingsite",
            destination == nil ? nil : "destinationse", workingGroup == nil ? nil : "workinggroup",
            taskID == nil ? nil : "jeditaskid",
            requestID == nil ? nil : "reqid",
        ].compactMap(\.self)
    }

    /// The parts of a query; what it finds may be more than what ``accepts(_:)``.
    func query(now: Timestamp) -> [(String, String)] {
        var query = MonitorWindow(window, now: now).query
        if !states.isEmpty { query.append(("jobstatus", states.joined(separator: "|"))) }
        // The monitor takes states whole: it knows no patterns of them.
        if let status, !status.query.contains("*") { query.append(("jobstatus", status.query)) }
        if let user { query.append(("produsername", user.query)) }
        if let site { query.append(("computingsite", site.query)) }
        if let destination { query.append(("destinationse", destination.query)) }
        if let workingGroup { query.append(("workinggroup", workingGroup.query)) }
        if let taskID { query.append(("jeditaskid", String(taskID))) }
        if let requestID { query.append(("reqid", String(requestID))) }
        return query
    }

    /// Whether a record is of a job that is wanted; active jobs come whenever they last changed.
    func accepts(_ job: MonitorRecord) -> Bool {
        guard let state = job.text("jobstatus", limit: 64), let time = job.time("modificationtime") else {
            return false
        }
        return time >= window.start && time < window.end && (states.isEmpty || states.contains(state))
            && MonitorPattern.passes(state, status)
            && MonitorPattern.passes(job.text("produsername"), user)
            && MonitorPattern.passes(job.text("computingsite"), site)
            && MonitorPattern.passes(job.text("destinationse"), destination)
            && MonitorPattern.passes(job.text("workinggroup"), workingGroup)
            && (taskID.map { $0 == job.integer("jeditaskid") } ?? true)
            && (requestID.map { $0 == job.integer("reqid") } ?? true)
    }
}

import PluginKit

/// Which tasks the monitor is asked for, and which of its answer are wanted.
struct MonitorTaskFilter: Sendable {
    private let window: Window
    private let includesForgotten: Bool
    private let limit: Timestamp
    private let now: Timestamp
    private let status: MonitorPattern?
    private let user: MonitorPattern?
    private let workingGroup: MonitorPattern?
    private let name: MonitorPattern?
    private let processingType: MonitorPattern?
    private let hasNoProcessingType: Bool
    private let taskID: Int?
    private let requestID: Int?

    init(_ query: TaskQuery, now: Timestamp) {
        self.now = now
        window = query.question.window
        includesForgotten = query.taskID != nil
        limit = ForgottenTask.limit(now: now)
        status = MonitorPattern(query.status)
        user = MonitorPattern(query.username)
        workingGroup = MonitorPattern(query.workingGroup)
        name = MonitorPattern(query.taskName.map { $0.isEmpty || $0.contains("%") ? $0 : "%\($0)%" })
        hasNoProcessingType = query.processingType == ProcessingType.blank
        processingType = hasNoProcessingType ? nil : MonitorPattern(query.processingType)
        taskID = query.taskID
        requestID = query.requestID
    }

    init(_ query: ActivityQuery, now: Timestamp) {
        self.now = now
        window = query.window
        includesForgotten = false
        limit = ForgottenTask.limit(now: now)
        user = MonitorPattern(query.username)
        workingGroup = MonitorPattern(query.workingGroup)
        (status, name, processingType, hasNoProcessingType) = (nil, nil, nil, false)
        (taskID, requestID) = (nil, nil)
    }

    /// The parts of a query; what it finds may be more than what ``accepts(_:)``.
    var query: [(String, String)] {
        var query = MonitorWindow(window, now: now).query
        for (column, pattern) in [
            ("status", status), ("username", user), ("taskname", name), ("processingtype", processingType),
        ] {
            if let pattern { query.append((column, pattern.query)) }
        }
        // The monitor takes a group only whole.
        if let workingGroup, !workingGroup.query.contains("*") { query.append(("workinggroup", workingGroup.query)) }
        if let taskID { query.append(("jeditaskid", String(taskID))) }
        if let requestID { query.append(("reqid", String(requestID))) }
        return query
    }

    func accepts(_ task: MonitorRecord) -> Bool {
        guard let time = task.time("modificationtime") ?? task.time("statechangetime") ?? task.time("creationdate"),
            time >= window.start, time < window.end, let state = task.text("status", limit: 64)
        else { return false }
        let type = task.text("processingtype")
        return (includesForgotten || TaskState.isFinal(state) || (task.time("creationdate") ?? limit) >= limit)
            && MonitorPattern.passes(state, status) && MonitorPattern.passes(task.text("username"), user)
            && MonitorPattern.passes(task.text("workinggroup"), workingGroup)
            && MonitorPattern.passes(task.text("taskname"), name)
            && MonitorPattern.passes(type, processingType) && (!hasNoProcessingType || type == nil)
            && (taskID.map { $0 == task.integer("jeditaskid") } ?? true)
            && (requestID.map { $0 == task.integer("reqid") } ?? true)
    }
}

package import PluginKit

/// Finds the failed jobs of a task in a BigPanDA monitor, which keeps them for half a year.
package struct MonitorTaskFailureReading: TaskFailureReading {
    private let failures: MonitorFailedJobs
    private let pages: MonitorPages

    package init(rows: MonitorRows, pages: MonitorPages) {
        failures = MonitorFailedJobs(rows: rows)
        self.pages = pages
    }

    package func failures(
        ofTask jeditaskid: Int,
        in context: CallContext
    ) async throws(ToolError) -> TaskFailureFacts {
        let window = Window(
            start: context.now.subtracting(days: MonitorWindow.daysOfOneTask),
            end: context.now,
            defaulted: true
        )
        var filter = MonitorJobFilter(window: window)
        filter.states = FailureQuery.states
        filter.taskID = jeditaskid
        let found = try await failures.jobs(filter, in: context)
        return TaskFailureFacts(
            jobs: found.jobs,
            isComplete: found.isComplete,
            window: window,
            monitorURLs: pages.task(jeditaskid)
        )
    }
}

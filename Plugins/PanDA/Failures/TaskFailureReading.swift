package import PluginKit

/// Finds the failed jobs of one task; each experiment has its own source.
package protocol TaskFailureReading: Sendable {
    /// The failed, cancelled and closed jobs of a task, newest id first.
    func failures(ofTask jeditaskid: Int, in context: CallContext) async throws(ToolError) -> TaskFailureFacts
}

/// The failed jobs of a task as a source knows them.
package struct TaskFailureFacts: Sendable {
    package var jobs: [FailedJob]
    /// False when the source did not look at all of them: counts are then lower bounds.
    package var isComplete: Bool
    /// When the jobs last changed that were looked at.
    package var window: Window
    package var monitorURLs: [Link]

    package init(jobs: [FailedJob], isComplete: Bool, window: Window, monitorURLs: [Link]) {
        self.jobs = jobs
        self.isComplete = isComplete
        self.window = window
        self.monitorURLs = monitorURLs
    }
}

package import PluginKit

/// Lists jobs that failed; each experiment has its own source.
package protocol FailureListing: Sendable {
    /// The failed, cancelled and closed jobs that match, newest id first.
    func failures(matching query: FailureQuery, in context: CallContext) async throws(ToolError) -> FailurePage
}

/// Some of the jobs that match, and counts over all of them.
package struct FailurePage: Sendable {
    package var jobs: [FailedJob]
    package var hasMore: Bool
    package var combinations: [ErrorCombination]
    /// False when the source did not look at all that match: counts are then lower bounds.
    package var isComplete: Bool
    package var monitorURLs: [Link]

    package init(
        jobs: [FailedJob],
        hasMore: Bool,
        combinations: [ErrorCombination],
        isComplete: Bool = true,
        monitorURLs: [Link] = []
    ) {
        self.jobs = jobs
        self.hasMore = hasMore
        self.combinations = combinations
        self.isComplete = isComplete
        self.monitorURLs = monitorURLs
    }
}

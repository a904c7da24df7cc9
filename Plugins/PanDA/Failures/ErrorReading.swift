package import PluginKit

/// Counts the errors of jobs that failed; each experiment has its own source.
package protocol ErrorReading: Sendable {
    /// The errors of the failed, cancelled and closed jobs that match; page and limit of the query do not count.
    func errors(matching query: FailureQuery, in context: CallContext) async throws(ToolError) -> ErrorFacts
}

/// Errors as a source has them: exact counts by code, and groups with the text that stands beside a code.
package struct ErrorFacts: Sendable {
    /// The jobs of one user's task at one site that carry the same error with the same text.
    package struct Group: Sendable {
        package let component: ErrorComponent
        package let code: Int
        package let diagnosis: String?
        package let site: String?
        package let user: String?
        package let jeditaskid: Int?
        package let jobs: Int
        /// How many of them never started.
        package let neverStarted: Int
        /// The newest of them.
        package let pandaid: Int

        package init(
            component: ErrorComponent,
            code: Int,
            diagnosis: String?,
            site: String?,
            user: String?,
            jeditaskid: Int?,
            jobs: Int,
            neverStarted: Int,
            pandaid: Int
        ) {
            self.component = component
            self.code = code
            self.diagnosis = diagnosis
            self.site = site
            self.user = user
            self.jeditaskid = jeditaskid
            self.jobs = jobs
            self.neverStarted = neverStarted
            self.pandaid = pandaid
        }
    }

    package var combinations: [ErrorCombination]
    package var groups: [Group]
    /// False when there were more groups than the source reads; the largest ones are there.
    package var isComplete: Bool
    package var monitorURLs: [Link]

    package init(
        combinations: [ErrorCombination],
        groups: [Group],
        isComplete: Bool = true,
        monitorURLs: [Link] = []
    ) {
        self.combinations = combinations
        self.groups = groups
        self.isComplete = isComplete
        self.monitorURLs = monitorURLs
    }
}

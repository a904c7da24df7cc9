package import PluginKit

/// Counts the errors of jobs that failed; each experiment has its own source.
package protocol ErrorReading: Sendable {
    /// The errors of the failed, cancelled and closed jobs that match; page and limit of the query do not count.
    func errors(matching query: FailureQuery, in context: CallContext) async throws(ToolError) -> ErrorFacts
}

/// Errors as a source has them: exact counts, and groups whose texts differ in little.
package struct ErrorFacts: Sendable {
    /// The jobs that carry the same error with texts that differ at most in numbers.
    package struct Group: Sendable {
        package let component: ErrorComponent
        package let code: Int
        /// One of the texts.
        package let diagnosis: String?
        package let jobs: Int
        /// How many of them never started; nil where the source does not tell.
        package let neverStarted: Int?
        /// Some of them, the best to look at first.
        package let pandaids: [Int]
        package var sites: Shares
        package var users: Shares
        package var tasks: Shares

        package init(
            component: ErrorComponent,
            code: Int,
            diagnosis: String?,
            jobs: Int,
            neverStarted: Int?,
            pandaids: [Int],
            sites: Shares = Shares(),
            users: Shares = Shares(),
            tasks: Shares = Shares()
        ) {
            self.component = component
            self.code = code
            self.diagnosis = diagnosis
            self.jobs = jobs
            self.neverStarted = neverStarted
            self.pandaids = pandaids
            self.sites = sites
            self.users = users
            self.tasks = tasks
        }
    }

    /// How the jobs of a group are spread over sites, users or tasks.
    package struct Shares: Sendable {
        /// Those with the most jobs.
        package var largest: [(name: String?, jobs: Int)]
        /// How many there are in all.
        package var count: Int

        package init(_ largest: [(name: String?, jobs: Int)] = [], count: Int? = nil) {
            self.largest = largest
            self.count = count ?? largest.count
        }
    }

    /// How many errors each component reports.
    package var counts: [ErrorComponent: Int]
    package var groups: [Group]
    /// False when there were more groups than the source reads; the largest ones are there.
    package var isComplete: Bool
    /// The window looked at, where it is not the one asked for.
    package var window: Window?
    /// What else to know about the counts, for the reader.
    package var note: String?
    package var monitorURLs: [Link]

    package init(
        counts: [ErrorComponent: Int],
        groups: [Group],
        isComplete: Bool = true,
        window: Window? = nil,
        note: String? = nil,
        monitorURLs: [Link] = []
    ) {
        self.counts = counts
        self.groups = groups
        self.isComplete = isComplete
        self.window = window
        self.note = note
        self.monitorURLs = monitorURLs
    }
}

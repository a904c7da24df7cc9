package import PluginKit

/// A task's jobs and input files, counted, and what follows from the counts.
package struct TaskCounts: Encodable, Hashable, Sendable {
    /// Jobs that have not ended.
    package let active: Int?
    package let finished: Int?
    package let failed: Int?
    package let running: Int?
    /// Jobs that are not a first attempt.
    package let retries: Int?
    /// Attempts before the one that finished, summed over finished jobs.
    package let retriesOfFinished: Int?
    /// The highest attempt a job may have.
    package let maximumAttempt: Int?
    /// Input files that failed in all attempts: a job's own `maxattempt` does not say whether it was the last one.
    package let filesFailed: Int?
    package let filesFinished: Int?
    /// Failed jobs among those that ended, to four digits.
    package let failureRate: Double?
    /// Failed input files among those that were settled, to four digits.
    package let finalFailureRate: Double?
    /// Percent of the jobs that ended.
    package let progress: Int?
    /// Retries a finished job took on average, to two digits.
    package let retriesPerFinished: Double?

    /// One state of a task's jobs.
    package struct Jobs: Hashable, Sendable {
        package let status: String
        package let count: Int
        /// Those that are not a first attempt.
        package let retries: Int
        /// Attempts before the counted ones, summed.
        package let earlierAttempts: Int
        package let maximumAttempt: Int?

        package init(status: String, count: Int, retries: Int, earlierAttempts: Int, maximumAttempt: Int?) {
            self.status = status
            self.count = count
            self.retries = retries
            self.earlierAttempts = earlierAttempts
            self.maximumAttempt = maximumAttempt
        }
    }

    /// States of jobs that have not ended; a throttled or a new one counts as little as a cancelled one.
    private static let activeStates: Set<String> = [
        "defined", "waiting", "assigned", "activated", "sent", "starting", "running", "holding", "transferring",
        "merging",
    ]

    /// Sums up; jobs that the source cannot count are nil.
    package init(jobs counted: [Jobs]? = [], filesFinished: Int? = nil, filesFailed: Int? = nil) {
        let jobs = counted ?? []
        let active = jobs.filter { Self.activeStates.contains($0.status) }.reduce(0) { $0 + $1.count }
        let finished = Self.count(jobs, "finished")
        let failed = Self.count(jobs, "failed")
        let retriesOfFinished = jobs.filter { $0.status == "finished" }.reduce(0) { $0 + $1.earlierAttempts }
        func known(_ count: Int) -> Int? { counted == nil ? nil : count }
        self.active = known(active)
        self.finished = known(finished)
        self.failed = known(failed)
        running = known(Self.count(jobs, "running"))
        retries = known(jobs.reduce(0) { $0 + $1.retries })
        self.retriesOfFinished = known(retriesOfFinished)
        maximumAttempt = jobs.compactMap(\.maximumAttempt).max()
        self.filesFailed = filesFailed
        self.filesFinished = filesFinished
        failureRate = Self.rate(failed, of: failed + finished, digits: 10_000)
        finalFailureRate = filesFailed.flatMap { failed in
            Self.rate(failed, of: failed + (filesFinished ?? 0), digits: 10_000)
        }
        progress = Self.rate(finished + failed, of: active + finished + failed, digits: 100).map {
            Int(($0 * 100).rounded())
        }
        retriesPerFinished = Self.rate(retriesOfFinished, of: finished, digits: 100)
    }

    private static func count(_ jobs: [Jobs], _ status: String) -> Int {
        jobs.filter { $0.status == status }.reduce(0) { $0 + $1.count }
    }

    private static func rate(_ part: Int, of whole: Int, digits: Double) -> Double? {
        whole > 0 ? (Double(part) / Double(whole) * digits).rounded() / digits : nil
    }

    private enum CodingKeys: String, CodingKey {
        case active = "nactive"
        case finished = "nfinished"
        case failed = "nfailed"
        case running = "nrunning"
        case retries = "nretries"
        case retriesOfFinished = "nretries_finished"
        case maximumAttempt = "maxattempt"
        case filesFailed = "nfinalfailed"
        case filesFinished = "nfilesfinished"
        case failureRate = "computed_failurerate"
        case finalFailureRate = "computed_finalfailurerate"
        case progress = "computed_progress"
        case retriesPerFinished = "avg_retries_success"
    }

    package static let schema = Schema.object(
        [
            .optional("nactive", .integer("Jobs that have not ended.")),
            .optional("nfinished", .integer()),
            .optional("nfailed", .integer("Failed attempts; nfinalfailed says what is lost.")),
            .optional("nrunning", .integer()),
            .optional("nretries", .integer("Jobs that are not a first attempt.")),
            .optional("nretries_finished", .integer("Attempts before the one that finished, summed.")),
            .optional("maxattempt", .integer("The highest attempt a job has.")),
            .optional("nfinalfailed", .integer("Input files that failed in all attempts.")),
            .optional("nfilesfinished", .integer("Input files that are processed.")),
            .optional("computed_failurerate", .number("nfailed / (nfailed + nfinished).")),
            .optional("computed_finalfailurerate", .number("nfinalfailed / (nfinalfailed + nfilesfinished).")),
            .optional("computed_progress", .integer("Percent of the jobs that ended.", minimum: 0, maximum: 100)),
            .optional("avg_retries_success", .number("Retries a finished job took on average.")),
        ],
        "Jobs and input files, counted, where the source can; cancelled and closed jobs are left out."
    )
}

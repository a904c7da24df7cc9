/// What jobs used, in seconds.
package struct Usage: Hashable, Sendable {
    package var jobs: Int
    /// Time from start to end, times the cores of the job.
    package var allocatedCoreSeconds: Double
    /// Processor time.
    package var usedCoreSeconds: Double
    /// Time from start to end.
    package var wallSeconds: Double

    package init(
        jobs: Int = 0,
        allocatedCoreSeconds: Double = 0,
        usedCoreSeconds: Double = 0,
        wallSeconds: Double = 0
    ) {
        self.jobs = jobs
        self.allocatedCoreSeconds = allocatedCoreSeconds
        self.usedCoreSeconds = usedCoreSeconds
        self.wallSeconds = wallSeconds
    }

    static func + (left: Usage, right: Usage) -> Usage {
        Usage(
            jobs: left.jobs + right.jobs,
            allocatedCoreSeconds: left.allocatedCoreSeconds + right.allocatedCoreSeconds,
            usedCoreSeconds: left.usedCoreSeconds + right.usedCoreSeconds,
            wallSeconds: left.wallSeconds + right.wallSeconds
        )
    }
}

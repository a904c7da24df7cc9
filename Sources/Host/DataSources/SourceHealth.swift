/// How a source is doing at one moment; cheap to ask for.
package struct SourceHealth: Hashable, Sendable {
    package enum Status: String, Hashable, Sendable, CaseIterable {
        case ok
        /// The last operation failed, or one has outlived its deadline; it is still asked.
        case degraded
        /// It is not asked, but for a probe now and then.
        case down
    }

    /// A failure of the source itself, not of what it was asked.
    package enum Failure: String, Hashable, Sendable, CaseIterable {
        case unavailable, timeout
    }

    package let status: Status
    /// How long the status has been what it is.
    package let unchangedFor: Duration
    /// The latest failure; stays when the source has recovered.
    package let lastFailure: Failure?
    package let breaker: CircuitBreaker.State
    /// Operations that hold a place now.
    package let running: Int
    /// Those of them that have outlived their deadline.
    package let overdue: Int
    /// Operations that wait for a place.
    package let waiting: Int
    /// How often the source has gone down since the start.
    package let timesDown: Int
    /// How many operations were turned away since the start because it was down.
    package let turnedAway: Int
}

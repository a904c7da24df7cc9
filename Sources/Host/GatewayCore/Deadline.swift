/// The moment after which an answer is no longer wanted; set once where a request enters and carried everywhere.
///
/// On Linux `SuspendingClock` is `CLOCK_MONOTONIC`, the clock of `beam_request.deadline_ns`.
package struct Deadline: Hashable, Comparable, Sendable {
    package let instant: SuspendingClock.Instant

    package init(_ instant: SuspendingClock.Instant) {
        self.instant = instant
    }

    /// A deadline this far from now.
    package static func after(_ duration: Duration) -> Deadline {
        Deadline(SuspendingClock.now.advanced(by: duration))
    }

    /// What is left; zero or negative once it has passed.
    package var remaining: Duration { SuspendingClock.now.duration(to: instant) }

    /// Whether the moment has come.
    package var hasPassed: Bool { remaining <= .zero }

    /// What is left in whole milliseconds, never negative.
    package var remainingMilliseconds: Int {
        let (seconds, attoseconds) = remaining.components
        return max(0, Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000))
    }

    /// The earlier of this deadline and one that far from now.
    package func atMost(_ duration: Duration) -> Deadline {
        min(self, .after(duration))
    }

    package static func < (left: Deadline, right: Deadline) -> Bool {
        left.instant < right.instant
    }
}

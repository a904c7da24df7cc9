internal import Synchronization

/// Counts how often a caller was asked for a better token for one item, so that a client that comes back with the same is
/// not sent round in a circle.
package final class ChallengeCounter: Sendable {
    /// How long what was asked is remembered.
    private static let window = Duration.seconds(120)
    /// How many callers and items are remembered at a time.
    private static let room = 10_000

    private struct Count {
        var begun: SuspendingClock.Instant
        var challenges: Int
    }

    private let limit: Int
    private let now: @Sendable () -> SuspendingClock.Instant
    private let counts = Mutex<[Int: Count]>([:])

    /// Asks `limit` times within two minutes, at least once.
    package init(limit: Int = 2, now: @escaping @Sendable () -> SuspendingClock.Instant = { .now }) {
        self.limit = max(1, limit)
        self.now = now
    }

    /// Whether the caller may be asked once more; then it is counted.
    func allows(_ principal: Principal, _ item: ItemReference) -> Bool {
        var hasher = Hasher()
        for part in [principal.issuer, principal.subject, principal.client ?? ""] { hasher.combine(part) }
        hasher.combine(item)
        let (key, moment) = (hasher.finalize(), now())
        return counts.withLock { counts in
            if let count = counts[key], count.begun.duration(to: moment) < Self.window {
                guard count.challenges < limit else { return false }
                counts[key] = Count(begun: count.begun, challenges: count.challenges + 1)
                return true
            }
            if counts.count >= Self.room {
                counts = counts.filter { $0.value.begun.duration(to: moment) < Self.window }
                // Whoever is not remembered is asked: that is what the protocol says.
                guard counts.count < Self.room else { return true }
            }
            counts[key] = Count(begun: moment, challenges: 1)
            return true
        }
    }
}

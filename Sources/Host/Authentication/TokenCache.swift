import Synchronization

/// Remembers accepted tokens by their digest, so that a busy client's token is verified about once a minute.
package final class TokenCache: Sendable {
    private let table: Mutex<RecentTable<VerifiedToken>>
    private let lifetime: Int64

    /// A cache for at most so many tokens, each for at most so many seconds.
    package init(capacity: Int, lifetime: Int64) {
        table = Mutex(RecentTable(capacity: capacity))
        self.lifetime = lifetime
    }

    /// The token of a digest, unless it is unknown, expired or was stored in what is now the future.
    package func token(for digest: [UInt8], at now: Int64) -> VerifiedToken? {
        table.withLock { $0.value(for: digest, at: now) }
    }

    /// Remembers a token, at most for so many seconds more.
    package func store(_ token: VerifiedToken, for digest: [UInt8], at now: Int64, atMost longest: Int64 = .max) {
        let until = min(token.expiresAt, now + min(lifetime, longest))
        let forgotten = table.withLock { $0.store(token, for: digest, at: now, until: until) }
        // Freed outside the lock.
        _ = consume forgotten
    }

    /// How many tokens are remembered, expired ones included.
    package var count: Int { table.withLock { $0.count } }
}

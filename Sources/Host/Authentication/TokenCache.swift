import Synchronization

/// Remembers accepted tokens by their digest, so that a busy client's token is verified about once a minute.
///
/// Two generations: a full young one becomes the old one, and what was old is forgotten. Both bounds hold without a
/// list to keep in order, and a lookup is one or two table accesses.
package final class TokenCache: Sendable {
    private struct Entry {
        let token: VerifiedToken
        let storedAt: Int64
        let until: Int64
    }

    private struct Generations {
        var young: [[UInt8]: Entry] = [:]
        var old: [[UInt8]: Entry] = [:]
    }

    private let generations = Mutex(Generations())
    private let generationSize: Int
    private let lifetime: Int64

    /// A cache for at most so many tokens, each for at most so many seconds.
    package init(capacity: Int, lifetime: Int64) {
        generationSize = capacity / 2
        self.lifetime = lifetime
    }

    /// The token of a digest, unless it is unknown, expired or was stored in what is now the future.
    package func token(for digest: [UInt8], at now: Int64) -> VerifiedToken? {
        let entry = generations.withLock { $0.young[digest] ?? $0.old[digest] }
        guard let entry, entry.storedAt <= now, now < entry.until else { return nil }
        return entry.token
    }

    package func store(_ token: VerifiedToken, for digest: [UInt8], at now: Int64) {
        let until = min(token.expiresAt, now + lifetime)
        guard generationSize > 0, now < until else { return }
        let forgotten = generations.withLock { generations -> [[UInt8]: Entry] in
            var forgotten: [[UInt8]: Entry] = [:]
            if generations.young.count >= generationSize {
                forgotten = generations.old
                generations.old = generations.young
                generations.young = [:]
            }
            generations.young[digest] = Entry(token: token, storedAt: now, until: until)
            return forgotten
        }
        // Freed outside the lock.
        _ = consume forgotten
    }

    /// How many tokens are remembered, expired ones included.
    package var count: Int { generations.withLock { $0.young.count + $0.old.count } }
}

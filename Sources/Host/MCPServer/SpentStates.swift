import Synchronization

/// The states that carried a user's agreement and were used: each is good for one call.
package final class SpentStates: Sendable {
    private let limit: Int
    private let expiries = Mutex<[String: Int64]>([:])

    /// Remembers so many at a time.
    package init(limit: Int = 10_000) {
        self.limit = limit
    }

    /// Uses a state up.
    /// - Returns: whether it was still good; false, too, while there is no room to remember it.
    func use(_ name: String, until expiry: Int64, now: Int64) -> Bool {
        expiries.withLock { expiries in
            guard expiries[name] == nil else { return false }
            if expiries.count >= limit { expiries = expiries.filter { $0.value > now } }
            guard expiries.count < limit else { return false }
            expiries[name] = expiry
            return true
        }
    }
}

/// Decides when an issuer's keys are fetched and how long they serve; times are seconds since 1970.
struct KeySchedule: Sendable {
    private let limits: AuthenticationLimits
    /// When the present keys should be replaced; nil before the first ones.
    private var expiry: Int64?
    /// From when on others are asked for, so that they are there in time.
    private var renewal: Int64 = 0
    private var lastAttempt: Int64?

    init(limits: AuthenticationLimits) {
        self.limits = limits
    }

    /// Whether to fetch now, when the present keys do or do not have the one that is wanted.
    func wantsFetch(at now: Int64, hasKey: Bool) -> Bool {
        guard expiry != nil else { return isPast(limits.retryInterval, at: now) }
        if hasKey, now < renewal { return false }
        return isPast(limits.refetchInterval, at: now)
    }

    /// Whether the present keys may still be used.
    func isUsable(at now: Int64) -> Bool {
        expiry.map { now < $0 + limits.staleKeyLifetime } ?? false
    }

    mutating func failed(at now: Int64) {
        lastAttempt = now
    }

    mutating func succeeded(at now: Int64, lifetime: Int64?) {
        lastAttempt = now
        let asked = lifetime ?? limits.minimumKeyLifetime
        let lifetime = min(max(asked, limits.minimumKeyLifetime), limits.maximumKeyLifetime)
        expiry = now + lifetime
        renewal = now + lifetime * 4 / 5
    }

    /// A clock that was set back must not stop fetching.
    private func isPast(_ interval: Int64, at now: Int64) -> Bool {
        lastAttempt.map { now >= $0 + interval || now < $0 } ?? true
    }
}

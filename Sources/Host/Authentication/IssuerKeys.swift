import GatewayCore

/// The keys of one issuer: fetched when first needed, by one caller at a time, and kept.
actor IssuerKeys {
    private let record: IssuerRecord
    private let limits: AuthenticationLimits
    private let clock: any WallClock
    private let loader: KeyLoader
    private var schedule: KeySchedule
    private var present: KeySet?
    private var isFetching = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(record: IssuerRecord, fetch: any HTTPFetch, limits: AuthenticationLimits, clock: any WallClock) {
        self.record = record
        self.limits = limits
        self.clock = clock
        loader = KeyLoader(record: record, fetch: fetch, limits: limits)
        schedule = KeySchedule(limits: limits)
    }

    /// The key for a token; fetches at most once.
    func key(for token: CheckedToken) async throws(TokenRefusal) -> VerificationKey {
        var hasFetched = false
        while !hasFetched {
            let hasKey = present?.contains(keyID: token.keyID) ?? false
            guard schedule.wantsFetch(at: clock.now, hasKey: hasKey) else { break }
            guard isFetching else {
                guard await refresh() else { break }
                hasFetched = true
                continue
            }
            // An issuer that is slow to answer holds up nobody whose key is there.
            if hasKey, schedule.isUsable(at: clock.now) { break }
            // The caller that fetches wakes the others, who then look again: it may have been cancelled.
            await withCheckedContinuation { waiting.append($0) }
        }
        guard let present, schedule.isUsable(at: clock.now) else { throw .keysUnavailable }
        return try present.key(for: token)
    }

    /// Fetches once; false when this task was cancelled meanwhile.
    private func refresh() async -> Bool {
        isFetching = true
        let loaded = await loader.load()
        isFetching = false
        if let loaded {
            present = loaded.keys
            schedule.succeeded(at: clock.now, lifetime: loaded.lifetime)
        } else if !Task.isCancelled {
            schedule.failed(at: clock.now)
        }
        let woken = waiting
        waiting = []
        for continuation in woken { continuation.resume() }
        return !Task.isCancelled
    }
}

/// What tokens and issuers' keys may cost; times are in seconds.
package struct AuthenticationLimits: Hashable, Sendable {
    /// The longest value of an `Authorization` field, in bytes.
    package var headerBytes: Int
    /// How many accepted tokens are remembered.
    package var cachedTokens: Int
    /// How long an accepted token is remembered at most.
    package var cacheLifetime: Int64
    /// The shortest time an issuer's keys are kept, whatever the issuer says.
    package var minimumKeyLifetime: Int64
    /// The longest time an issuer's keys are kept, whatever the issuer says.
    package var maximumKeyLifetime: Int64
    /// How long old keys serve when no new ones can be had.
    package var staleKeyLifetime: Int64
    /// The time between two fetches that an unknown key causes.
    package var refetchInterval: Int64
    /// The time after a fetch that failed before the next one.
    package var retryInterval: Int64
    /// The largest key set or metadata document, in bytes.
    package var keySetBytes: Int
    /// The most keys in a set.
    package var keys: Int
    /// How long one fetch may take.
    package var fetchTimeout: Int64
    /// How long an issuer's word that a token holds is believed at most.
    package var askedLifetime: Int64
    /// How long an issuer's word that a token does not hold is believed.
    package var refusedLifetime: Int64
    /// How many questions about tokens one issuer is asked at the same time.
    package var questions: Int

    package init(
        headerBytes: Int = 16 << 10,
        cachedTokens: Int = 10_000,
        cacheLifetime: Int64 = 60,
        minimumKeyLifetime: Int64 = 300,
        maximumKeyLifetime: Int64 = 86_400,
        staleKeyLifetime: Int64 = 86_400,
        refetchInterval: Int64 = 30,
        retryInterval: Int64 = 5,
        keySetBytes: Int = 256 << 10,
        keys: Int = 64,
        fetchTimeout: Int64 = 10,
        askedLifetime: Int64 = 60,
        refusedLifetime: Int64 = 10,
        questions: Int = 16
    ) {
        self.headerBytes = headerBytes
        self.cachedTokens = cachedTokens
        self.cacheLifetime = cacheLifetime
        self.minimumKeyLifetime = minimumKeyLifetime
        self.maximumKeyLifetime = maximumKeyLifetime
        self.staleKeyLifetime = staleKeyLifetime
        self.refetchInterval = refetchInterval
        self.retryInterval = retryInterval
        self.keySetBytes = keySetBytes
        self.keys = keys
        self.fetchTimeout = fetchTimeout
        self.askedLifetime = askedLifetime
        self.refusedLifetime = refusedLifetime
        self.questions = questions
    }

    /// The same for the gateway's own keys: they come from memory, and a change of them counts within a second.
    var forOwnKeys: AuthenticationLimits {
        var limits = self
        limits.minimumKeyLifetime = 2
        limits.maximumKeyLifetime = 2
        limits.refetchInterval = 0
        limits.retryInterval = 0
        return limits
    }
}

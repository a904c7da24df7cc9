/// What one call may cost; each a field of the configuration's `limits`.
package struct CallLimits: Hashable, Sendable {
    /// How long a tool may take when its manifest does not say.
    package var defaultTimeout: Duration
    /// How long a tool may take whatever its manifest says.
    package var longestTimeout: Duration
    /// How long a provider may take to say whether it allows a call that its rule leaves to it; no answer is a no.
    package var authorizeTimeout: Duration
    /// How large a plugin is asked to keep `structured`, in bytes.
    package var resultBudgetBytes: Int
    /// Above this a result is not passed on, in bytes.
    package var resultCapBytes: Int
    /// How many faults of the arguments are named in one answer.
    package var reportedViolations: Int
    /// How often one call may ask for agreement and begin again with it.
    package var questionRounds: Int
    /// How many calls one caller may have running; one more is `rate_limited`.
    package var concurrentPerPrincipal: Int
    /// How many calls one client of one issuer may have running, for all its users together; one more is
    /// `rate_limited`.
    ///
    /// All callers without a token count as one client, and all of an issuer whose tokens name no client.
    package var concurrentPerClient: Int
    /// How many calls of one namespace's tools may run; one more is `unavailable`.
    ///
    /// Well below `concurrentCalls`, so that one busy experiment leaves the others their share.
    package var concurrentPerNamespace: Int
    /// How many calls may run in all; one more is `unavailable`.
    package var concurrentCalls: Int

    package init(
        defaultTimeout: Duration = .seconds(30),
        longestTimeout: Duration = .seconds(120),
        authorizeTimeout: Duration = .seconds(2),
        resultBudgetBytes: Int = 32 << 10,
        resultCapBytes: Int = 16 << 20,
        reportedViolations: Int = 20,
        questionRounds: Int = 16,
        concurrentPerPrincipal: Int = 64,
        concurrentPerClient: Int = 256,
        concurrentPerNamespace: Int = 256,
        concurrentCalls: Int = 1024
    ) {
        self.defaultTimeout = defaultTimeout
        self.longestTimeout = longestTimeout
        self.authorizeTimeout = authorizeTimeout
        self.resultBudgetBytes = resultBudgetBytes
        self.resultCapBytes = resultCapBytes
        self.reportedViolations = reportedViolations
        self.questionRounds = questionRounds
        self.concurrentPerPrincipal = concurrentPerPrincipal
        self.concurrentPerClient = concurrentPerClient
        self.concurrentPerNamespace = concurrentPerNamespace
        self.concurrentCalls = concurrentCalls
    }
}

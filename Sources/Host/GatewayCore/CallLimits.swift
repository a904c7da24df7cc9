/// What one call may cost; each a field of the configuration's `limits`.
package struct CallLimits: Hashable, Sendable {
    /// How long a tool may take when its manifest does not say.
    package var defaultTimeout: Duration
    /// How long a tool may take whatever its manifest says.
    package var longestTimeout: Duration
    /// How large a plugin is asked to keep `structured`, in bytes.
    package var resultBudgetBytes: Int
    /// Above this a result is not passed on, in bytes.
    package var resultCapBytes: Int
    /// How many faults of the arguments are named in one answer.
    package var reportedViolations: Int

    package init(
        defaultTimeout: Duration = .seconds(30),
        longestTimeout: Duration = .seconds(120),
        resultBudgetBytes: Int = 32 << 10,
        resultCapBytes: Int = 16 << 20,
        reportedViolations: Int = 20
    ) {
        self.defaultTimeout = defaultTimeout
        self.longestTimeout = longestTimeout
        self.resultBudgetBytes = resultBudgetBytes
        self.resultCapBytes = resultCapBytes
        self.reportedViolations = reportedViolations
    }
}

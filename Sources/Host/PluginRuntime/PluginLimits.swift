import GatewayCore

/// What one plugin instance may cost the host.
package struct PluginLimits: Hashable, Sendable {
    /// How many calls wait for their turn; one more is answered as busy.
    package var queueLength: Int
    /// The largest result, its parts together, in bytes.
    package var resultBytes: Int
    /// The deepest nesting of JSON in a result.
    package var resultDepth: Int
    /// How long a cancelled call may take to complete before its place counts as lost.
    package var cancelGrace: Duration
    /// With so many places lost the instance takes no more calls.
    package var lostCalls: Int
    /// How many operations of the host may be open at once.
    package var openInvocations: Int
    /// How long an operation may take that belongs to no call.
    package var invocationTimeout: Duration
    /// How long `submit` may hold a thread before it is reported.
    package var submitTime: Duration
    /// How long entry point, manifest, create and destroy may take.
    package var loaderTime: Duration
    /// How many threads a plugin that blocks gets at most.
    package var blockingThreads: Int
    /// The pause before a call is given again to a plugin that said BUSY; doubled up to the longest.
    package var firstBusyPause: Duration
    package var longestBusyPause: Duration
    /// How large a question to client or user may be, in bytes.
    package var questionBytes: Int
    /// How much a plugin may want to remember until the answer, in bytes of UTF-8.
    package var memoryBytes: Int
    /// The longest icon in a manifest or a list, as a `data:` URI, in bytes.
    package var iconBytes: Int

    package init(
        queueLength: Int = 256,
        resultBytes: Int = 16 << 20,
        resultDepth: Int = 64,
        cancelGrace: Duration = .seconds(10),
        lostCalls: Int = 16,
        openInvocations: Int = 1024,
        invocationTimeout: Duration = .seconds(30),
        submitTime: Duration = .milliseconds(5),
        loaderTime: Duration = .seconds(5),
        blockingThreads: Int = 8,
        firstBusyPause: Duration = .milliseconds(1),
        longestBusyPause: Duration = .milliseconds(100),
        questionBytes: Int = 64 << 10,
        memoryBytes: Int = 16 << 10,
        iconBytes: Int = Icon.usualDataBytes
    ) {
        self.queueLength = queueLength
        self.resultBytes = resultBytes
        self.resultDepth = resultDepth
        self.cancelGrace = cancelGrace
        self.lostCalls = lostCalls
        self.openInvocations = openInvocations
        self.invocationTimeout = invocationTimeout
        self.submitTime = submitTime
        self.loaderTime = loaderTime
        self.blockingThreads = blockingThreads
        self.firstBusyPause = firstBusyPause
        self.longestBusyPause = longestBusyPause
        self.questionBytes = questionBytes
        self.memoryBytes = memoryBytes
        self.iconBytes = iconBytes
    }
}

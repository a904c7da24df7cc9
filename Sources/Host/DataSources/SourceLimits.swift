/// What plugins may ask of data sources; each a field of the configuration.
package struct SourceLimits: Hashable, Sendable {
    /// How many rows one statement returns at most.
    package var maximumRows: Int
    /// How many bytes of rows (as JSON) or of an HTTP body one operation returns at most.
    package var maximumBytes: Int
    /// Rows beyond this many bytes are kept for `source.fetch`; a single row may be longer.
    package var pageBytes: Int
    /// The longest body of an operation, in bytes.
    package var operationBytes: Int
    /// How long an operation may take that belongs to no request and does not say.
    package var defaultTimeout: Duration
    /// How many operations one source carries out at a time, for all plugins together.
    ///
    /// A driver with fewer connections makes operations wait again; give it as many.
    package var concurrentPerSource: Int
    /// How many operations of one plugin may wait for one source; one more is refused as unavailable.
    package var waitingPerSource: Int
    /// When a source counts as down and how it is tried again.
    package var breaker: BreakerPolicy
    /// How many results one plugin may have open for `source.fetch`.
    package var openResults: Int
    /// How many bytes of results are kept for one plugin.
    package var openBytes: Int
    /// How long an open result is kept when nobody asks for its next page.
    package var openFor: Duration
    /// How deep a JSON body may nest to be passed on as JSON; a deeper one crosses as text.
    package var documentDepth: Int

    package init(
        maximumRows: Int = 10_000,
        maximumBytes: Int = 8 << 20,
        pageBytes: Int = 1 << 20,
        operationBytes: Int = 256 << 10,
        defaultTimeout: Duration = .seconds(30),
        concurrentPerSource: Int = 8,
        waitingPerSource: Int = 64,
        breaker: BreakerPolicy = BreakerPolicy(),
        openResults: Int = 64,
        openBytes: Int = 64 << 20,
        openFor: Duration = .seconds(30),
        documentDepth: Int = 64
    ) {
        self.maximumRows = maximumRows
        self.maximumBytes = maximumBytes
        self.pageBytes = pageBytes
        self.operationBytes = operationBytes
        self.defaultTimeout = defaultTimeout
        self.concurrentPerSource = concurrentPerSource
        self.waitingPerSource = waitingPerSource
        self.breaker = breaker
        self.openResults = openResults
        self.openBytes = openBytes
        self.openFor = openFor
        self.documentDepth = documentDepth
    }
}

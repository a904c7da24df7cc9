/// How much the client does at once.
package struct OutboundLimits: Hashable, Sendable {
    /// Transfers under way at the same time, from 1.
    package let maximumConcurrent: Int
    /// Transfers under way at the same time to one origin, from 1.
    package let maximumConcurrentPerOrigin: Int
    /// Requests that wait for their turn, from 0; one more is refused.
    package let maximumWaiting: Int
    /// Header fields of one answer, those of interim answers and trailers included.
    package let maximumHeaderFields: Int
    /// Bytes of all header lines of one answer, status lines included.
    package let maximumHeaderBytes: Int

    package init(
        maximumConcurrent: Int = 64,
        maximumConcurrentPerOrigin: Int = 16,
        maximumWaiting: Int = 256,
        maximumHeaderFields: Int = 256,
        maximumHeaderBytes: Int = 65_536
    ) {
        self.maximumConcurrent = max(1, maximumConcurrent)
        self.maximumConcurrentPerOrigin = max(1, maximumConcurrentPerOrigin)
        self.maximumWaiting = max(0, maximumWaiting)
        self.maximumHeaderFields = max(0, maximumHeaderFields)
        self.maximumHeaderBytes = max(0, maximumHeaderBytes)
    }
}

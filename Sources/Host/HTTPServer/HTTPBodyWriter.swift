/// Where a streamed answer is written.
package protocol HTTPBodyWriter: Sendable {
    /// Sends bytes, and waits until the system has taken them, which it does at once for a client that reads.
    ///
    /// A wait ends when the client reads, goes away, or has not read for the listener's idle time-out; cancelling the
    /// task alone does not end it. Writing no bytes does nothing.
    /// - Throws: `HTTPWriteError` when the bytes can no longer reach the client.
    func write(_ bytes: [UInt8]) async throws(HTTPWriteError)
}

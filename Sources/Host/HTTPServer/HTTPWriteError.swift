/// Why a streamed answer cannot be continued.
package enum HTTPWriteError: Error, Hashable, Sendable {
    /// The client is gone, or the listener is shutting down.
    case disconnected
    /// The stream's closure has already returned.
    case finished
}

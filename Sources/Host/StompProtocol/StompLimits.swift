/// What a peer may send; more ends the connection, or for a body skips it.
package struct StompLimits: Hashable, Sendable {
    /// The command and all headers of a frame together, in bytes as they are sent.
    package var headBytes: Int
    /// How many headers a frame may have.
    package var headers: Int
    /// The longest body that is kept, in bytes.
    package var bodyBytes: Int

    package init(headBytes: Int = 16 << 10, headers: Int = 64, bodyBytes: Int = 1 << 20) {
        self.headBytes = headBytes
        self.headers = headers
        self.bodyBytes = bodyBytes
    }
}

/// How long a payload may be, by kind.
package struct FrameLimits: Hashable, Sendable {
    /// The largest result of a call and the largest body of an operation, in bytes.
    package let resultBytes: Int
    /// The largest request or reply the gateway sends, in bytes.
    package let requestBytes: Int

    package init(resultBytes: Int, requestBytes: Int) {
        self.resultBytes = resultBytes
        self.requestBytes = requestBytes
    }

    /// The largest manifest, in bytes.
    private static let manifestBytes = 4 << 20
    /// Heads of parts, names, contexts: what comes beside the bytes that are limited elsewhere.
    private static let besides = 1 << 10

    /// The most bytes after the head.
    package func payload(of kind: Frame.Kind) -> Int {
        switch kind {
        case .create, .submit, .reply: requestBytes
        case .cancel, .ping, .destroy, .created, .refused, .aborted, .pong, .destroyed: 0
        case .hello: Self.manifestBytes
        case .completed, .invoked: resultBytes + Self.besides
        case .completedTooLarge: 8
        case .failed, .completedUnreadable, .misbehaved: 4 << 10
        case .emitted, .notified: 64 << 10
        case .progressed: 2 << 10
        case .logged: 32 << 10
        }
    }
}

/// What a streamed answer may cost, and how it is kept alive.
package struct StreamLimits: Hashable, Sendable {
    /// The least time between two progress messages of one call; what comes sooner waits, and only the latest of it.
    package var progressInterval: Duration
    /// How many bytes of messages of one call wait for a client that reads slowly; beyond, the oldest are lost.
    package var bufferBytes: Int
    /// How long nothing may be sent on a stream before a comment is.
    ///
    /// A call that has said nothing for so long gets its stream then.
    package var keepAlive: Duration

    package init(
        progressInterval: Duration = .milliseconds(100),
        bufferBytes: Int = 256 << 10,
        keepAlive: Duration = .seconds(15)
    ) {
        self.progressInterval = max(.zero, progressInterval)
        self.bufferBytes = bufferBytes
        self.keepAlive = max(.milliseconds(1), keepAlive)
    }
}

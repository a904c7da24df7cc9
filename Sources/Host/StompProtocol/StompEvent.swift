/// What a peer has sent.
package enum StompEvent: Hashable, Sendable {
    case frame(StompFrame)
    /// A frame whose body is longer than allowed, without it; what follows can be read.
    case oversized(StompFrame)
    /// A line break between frames.
    case heartBeat
}

import NIOCore

/// The time-outs of a configuration, in the unit of the event loop.
struct ConnectionTimeouts: Sendable {
    let idle: TimeAmount
    let header: TimeAmount
    let body: TimeAmount
    let linger: TimeAmount
    /// The shortest of the times that a connection's timer must keep without being scheduled anew.
    let shortest: TimeAmount

    init(_ configuration: ListenerConfiguration) {
        idle = TimeAmount(configuration.idleTimeout)
        header = TimeAmount(configuration.headerTimeout)
        body = TimeAmount(configuration.bodyTimeout)
        linger = TimeAmount(configuration.lingerTimeout)
        shortest = min(idle, header, body)
    }
}

/// Why a listener cannot start or go on.
///
/// For the operator.
package enum ListenerError: Error, Hashable, Sendable {
    /// The address cannot be bound.
    case cannotBind(host: String, port: Int, reason: String)
    /// The listening socket was closed without a shutdown.
    case stoppedAccepting
}

import GatewayCore

/// Who sent a request, and by which view.
struct Caller: Sendable {
    let requestID: RequestID
    let principal: Principal
    let view: View
    /// How long the token is good for; nil for a caller without one.
    let lifetime: Duration?
    /// Whether the token is still accepted: what was granted may have been revoked meanwhile.
    var isStillKnown: @Sendable () async -> Bool = { true }
    /// The peer's address, for the operator.
    let remoteAddress: String?
    /// The place in the client's trace; nil when it names none.
    var trace: TraceContext?
    /// Who hears what is said before the answer; nil when nobody asked.
    var listener: CallListener?
    /// What was asked and answered on behalf of the request until now.
    var interaction = Interaction()
    /// The header fields that may repeat arguments; nil in sessions, which have none.
    var fields: (any ParameterFields)?
}

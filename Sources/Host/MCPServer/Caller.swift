import GatewayCore

/// Who sent a request, and by which view.
struct Caller: Sendable {
    let requestID: RequestID
    let principal: Principal
    let view: View
    /// The peer's address, for the operator.
    let remoteAddress: String?
}

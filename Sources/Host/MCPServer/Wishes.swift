import GatewayCore
import MCPModel

/// What a request wants to hear before its answer.
struct Wishes: Sendable {
    /// What progress is sent under; nil when none is wanted.
    let progressToken: RequestIdentifier?
    /// The least serious messages wanted; nil when none are.
    let severity: Severity?

    var isNothing: Bool { progressToken == nil && severity == nil }
}

import GatewayCore
import MCPModel

/// A session as one of its requests finds it.
struct Session: Sendable {
    let id: String
    let revision: Revision
    /// The least serious messages its client asked for; nil when it asked for none.
    let severity: Severity?
    let running: RunningRequests
    let watched: WatchedResources
    /// What its client can be asked.
    let abilities: ClientAbilities
    let pending: PendingAnswers
}

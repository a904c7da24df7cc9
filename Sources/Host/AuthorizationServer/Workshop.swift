import GatewayCore
import GatewayState

/// What every part of the authorization server works with.
struct Workshop: Sendable {
    let settings: AuthorizationSettings
    let store: StateStore
    let identities: any IdentityReading
    let clock: any WallClock
    let events: any AuthorizationReporting

    var now: Int64 { clock.now }

    /// Uses the store; its faults are the operator's, and the client hears that it may try again.
    func state<Value>(
        _ body: (StateStore) async throws(StateError) -> Value
    ) async throws(OAuthError) -> Value {
        do throws(StateError) {
            return try await body(store)
        } catch {
            events.report(AuthorizationEvent(.stateUnavailable, detail: "\(error)"))
            throw .unavailable
        }
    }

    func report(
        _ kind: AuthorizationEvent.Kind,
        client: String? = nil,
        provider: String? = nil,
        grant: String? = nil,
        _ detail: String? = nil
    ) {
        events.report(
            AuthorizationEvent(kind, client: client, provider: provider, grant: grant, detail: detail)
        )
    }
}

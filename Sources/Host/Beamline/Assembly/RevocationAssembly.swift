import AuthorizationServer
import GatewayConfiguration
import GatewayState

/// What takes back tokens of other issuers, on every gateway with the same state.
struct RevocationAssembly: Sendable {
    let list: ForeignRevocations
    /// The state, where no authorization server has it open.
    private let store: StateStore?

    /// Nil for the development issuer, whose tokens end with the gateway.
    init?(of configuration: Configuration, _ authorization: AuthorizationAssembly?) async throws {
        guard !configuration.identity.isDevelopment else { return nil }
        let outage = configuration.identity.lifetimes.stateOutage
        if let authorization {
            (list, store) = (ForeignRevocations(store: authorization.lasting.store, outage: outage), nil)
        } else {
            let store = try await StateAssembly.store(of: configuration.state)
            (list, self.store) = (ForeignRevocations(store: store, outage: outage), store)
        }
    }

    func close() {
        store?.close()
    }
}

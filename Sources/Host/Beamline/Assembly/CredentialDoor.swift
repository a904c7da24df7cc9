import GatewayCore
import Synchronization

/// Where sources ask for credentials; opened once the gateway has read its state, which sources are there before.
final class CredentialDoor: CredentialBroking {
    private let broker = Mutex<(any CredentialBroking)?>(nil)

    func open(to broker: any CredentialBroking) {
        self.broker.withLock { $0 = broker }
    }

    func credential(for use: CredentialUse) async throws(CredentialRefusal) -> SourceCredential? {
        guard let broker = broker.withLock({ $0 }) else { throw CredentialRefusal(.unavailable, label: "the gateway") }
        return try await broker.credential(for: use)
    }

    func refusal(of credential: SourceCredential, at source: String) -> CredentialRefusal {
        broker.withLock { $0 }?.refusal(of: credential, at: source) ?? CredentialRefusal(.refused, label: "the service")
    }
}

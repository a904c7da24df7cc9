import GatewayCore
import GatewayState
import Sealing

/// Finds out whether a client is who it says.
struct ClientCheck: Sendable {
    let workshop: Workshop
    let directory: ClientDirectory
    let documents: ClientDocuments

    /// How long an assertion may live, in seconds.
    private static let longestAssertion: Int64 = 300

    /// The client behind a credential.
    /// - Throws: `invalid_client` when there is none, or it is not proven.
    func client(_ credential: ClientCredential) async throws(OAuthError) -> Client {
        let client = try await directory.client(credential.client)
        switch (client.authentication, credential.proof) {
        case (.none, .none): break
        case (.secretBasic, .secret(let secret)), (.secretPost, .secret(let secret)):
            // Which of the two ways is the client's choice: some always use the same.
            let digest = Array(Secret.digest(secret).utf8)
            guard client.secretDigests.contains(where: { ConstantTime.areEqual(Array($0.utf8), digest) }) else {
                throw Self.unproven
            }
        case (.privateKey, .assertion(let assertion)): try await check(assertion, of: client)
        default: throw Self.unproven
        }
        guard client.origin != .account || (workshop.settings.account(client.id)?.expiresAt ?? 0) > workshop.now else {
            throw OAuthError(.invalidClient, "The service account has expired.")
        }
        return client
    }

    private static let unproven = OAuthError(.invalidClient, "The client is not authenticated as it should be.")

    private func check(_ assertion: String, of client: Client) async throws(OAuthError) {
        let keys: [UInt8]
        if let keySet = client.keySet {
            keys = keySet
        } else if let url = client.keySetURL {
            keys = try await documents.keySet(at: url, workshop.settings)
        } else {
            throw Self.unproven
        }
        let claims: ClientAssertion
        do {
            claims = try await workshop.identities.assertion(assertion, of: client.id, signedBy: keys)
        } catch {
            workshop.report(.refused, client: client.id, "client assertion: \(error.rawValue)")
            throw Self.unproven
        }
        let (now, issuer) = (workshop.now, workshop.settings.issuer)
        // One audience: an assertion for several servers could be replayed by one of them at another.
        guard claims.audience.count == 1, [issuer, issuer + "/token"].contains(claims.audience[0]),
            claims.expiresAt <= now + Self.longestAssertion
        else { throw Self.unproven }
        let name = Secret.digest(client.id + "\n" + claims.identifier)
        let isNew = try await workshop.state { store throws(StateError) in
            try await store.spend("client assertion", name, until: now + 2 * Self.longestAssertion)
        }
        guard isNew else { throw Self.unproven }
    }
}

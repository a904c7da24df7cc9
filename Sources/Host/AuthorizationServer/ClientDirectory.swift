import GatewayState
import JSON

/// Finds clients: those the site knows, those with a document, those that registered.
struct ClientDirectory: Sendable {
    let workshop: Workshop
    let documents: ClientDocuments

    /// The client of that id.
    /// - Throws: `invalid_client` when nobody knows it.
    func client(_ id: String) async throws(OAuthError) -> Client {
        let settings = workshop.settings
        if let client = settings.clients.first(where: { $0.id == id }) { return client }
        if let account = settings.account(id) { return account.client }
        if DocumentURL.isURL(id) { return try await documents.client(id, settings) }
        let now = workshop.now
        let record = try await workshop.state { store throws(StateError) in try await store.client(id, at: now) }
        guard let record, let document = try? JSONDocument(parsing: Array(record.metadata.utf8)),
            let metadata = try? ClientMetadata(document.root, privateUse: settings.privateUseRedirects)
        else { throw .unknownClient }
        return Client(
            id: record.id,
            name: record.name,
            origin: .registered,
            redirectURIs: metadata.redirectURIs,
            authentication: metadata.authentication,
            secretDigests: record.secretDigest.map { [$0] } ?? [],
            keySet: metadata.keySet,
            keySetURL: metadata.keySetURL
        )
    }

    /// Keeps a registered client for as long as it is used.
    func touch(_ client: Client) async throws(OAuthError) {
        guard client.origin == .registered else { return }
        let (now, lifetime) = (workshop.now, workshop.settings.lifetimes.usedClient)
        try await workshop.state { store throws(StateError) in
            try await store.touchClient(client.id, at: now, expiresAt: now + lifetime)
        }
    }
}

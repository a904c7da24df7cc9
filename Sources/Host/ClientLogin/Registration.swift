package import GatewayCore

/// Has an authorization server know this program.
package struct Registration: Sendable {
    /// Where the browser would come back to; of the port nothing is known before there is one.
    package static let portlessRedirectURI = "http://127.0.0.1" + LoopbackReturn.path

    private let requests: TokenRequests

    package init(fetch: any HTTPFetch) {
        requests = TokenRequests(fetch: fetch)
    }

    /// The id under which the server knows this program: the one given, or a new one.
    package func client(
        at place: LoginPlace,
        known id: String?,
        redirectURI: String
    ) async throws(LoginFault) -> String {
        if let id { return id }
        guard let endpoint = place.registrationEndpoint else {
            throw .refused(
                "\(place.issuer) registers no programs; give the id of a client that it knows with --client-id."
            )
        }
        return try await requests.register(at: endpoint, redirectURI: redirectURI)
    }
}

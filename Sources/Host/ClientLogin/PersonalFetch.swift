package import GatewayCore
import OutboundHTTP

/// Sends requests for the person at the keyboard: to where they say, and to where that refers them.
///
/// Secrets travel, so it goes over TLS, or stays on this machine.
package actor PersonalFetch: HTTPFetch {
    private var clients: [Origin: OutboundClient] = [:]

    package init() {}

    package func fetch(_ request: FetchRequest) async throws(FetchError) -> FetchResponse {
        let origin: Origin
        do {
            origin = try RequestURL(request.url).origin
        } catch {
            throw .refused("\(request.url) is not a URL")
        }
        guard origin.scheme == .https || ["127.0.0.1", "[::1]", "localhost"].contains(origin.host) else {
            throw .refused("a login goes over https")
        }
        return try await client(for: origin, request.url).fetch(request)
    }

    /// Ends all connections.
    package func shutdown() async {
        for client in clients.values { await client.shutdown() }
        clients = [:]
    }

    private func client(for origin: Origin, _ url: String) throws(FetchError) -> OutboundClient {
        if let client = clients[origin] { return client }
        do {
            let rule = try EgressRule(url: url, allowsPrivateAddresses: true)
            let client = try OutboundClient(policy: EgressPolicy(rules: [rule]))
            clients[origin] = client
            return client
        } catch {
            throw .unreachable("\(error)")
        }
    }
}

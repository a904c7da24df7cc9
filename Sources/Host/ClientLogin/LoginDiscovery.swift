package import GatewayCore
import JSON
import OutboundHTTP

/// Finds where people log in for a gateway, from nothing but its URL.
package struct LoginDiscovery: Sendable {
    private static let longestDocument = 256 << 10

    private let fetch: any HTTPFetch

    package init(fetch: any HTTPFetch) {
        self.fetch = fetch
    }

    /// The place for the MCP URL.
    package func place(of url: String) async throws(LoginFault) -> LoginPlace {
        guard let address = try? RequestURL(url) else { throw .refused("\(url) is not a URL.") }
        let challenge = try await challenge(of: url)
        let metadata = try await resource(address, challenge["resource_metadata"])
        guard let resource = metadata["resource"]?.string,
            (try? RequestURL(resource))?.origin == address.origin
        else { throw .refused("What \(url) says of itself is about another server; check the URL.") }
        guard let issuer = metadata["authorization_servers"]?.array?.first?.string else {
            throw .refused("\(url) does not say where to log in; ask its operator for a token.")
        }
        let scopes =
            challenge["scope"]?.split(separator: " ").map(String.init)
            ?? metadata["scopes_supported"]?.array?.compactMap(\.string) ?? []
        return try await place(issuer, resource: resource, scopes: scopes)
    }

    /// What the gateway asks of somebody without a token.
    private func challenge(of url: String) async throws(LoginFault) -> [String: String] {
        let question: JSONValue = ["jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": [:]]
        let response = try await send(
            FetchRequest(
                method: "POST",
                url: url,
                headers: [
                    HTTPField("Content-Type", "application/json"),
                    HTTPField("Accept", "application/json, text/event-stream"),
                ],
                body: question.serialized,
                maximumBytes: Self.longestDocument,
                truncates: true,
                deadline: .after(.seconds(30))
            )
        )
        return response.header("WWW-Authenticate").map(ChallengeParameters.read) ?? [:]
    }

    private func resource(_ address: RequestURL, _ announced: String?) async throws(LoginFault) -> JSONValue {
        let origin = Self.written(address.origin)
        let path = address.target.prefix { $0 != "?" }
        let wellKnown = origin + "/.well-known/oauth-protected-resource"
        let places = announced.map { [$0] } ?? [wellKnown + (path == "/" ? "" : path), wellKnown]
        for place in places {
            if let document = try await document(place) { return document }
        }
        throw .refused("\(origin) does not say how its resources are protected; is this the URL of an MCP server?")
    }

    /// The first document that is the issuer's own (RFC 8414 section 3, OpenID Connect Discovery section 4).
    private func place(
        _ issuer: String,
        resource: String,
        scopes: [String]
    ) async throws(LoginFault) -> LoginPlace {
        guard let address = try? RequestURL(issuer) else { throw .refused("The issuer \(issuer) is not a URL.") }
        let origin = Self.written(address.origin)
        let path = address.target == "/" ? "" : String(address.target.reversed().drop { $0 == "/" }.reversed())
        for location in [
            "\(origin)/.well-known/oauth-authorization-server\(path)",
            "\(origin)/.well-known/openid-configuration\(path)", "\(origin)\(path)/.well-known/openid-configuration",
        ] {
            guard let document = try await document(location), document["issuer"]?.string == issuer,
                let token = document["token_endpoint"]?.string
            else { continue }
            let place = LoginPlace(
                resource: resource,
                issuer: issuer,
                authorizationEndpoint: document["authorization_endpoint"]?.string,
                tokenEndpoint: token,
                registrationEndpoint: document["registration_endpoint"]?.string,
                deviceEndpoint: document["device_authorization_endpoint"]?.string,
                revocationEndpoint: document["revocation_endpoint"]?.string,
                sendsIssuer: document["authorization_response_iss_parameter_supported"]?.bool ?? false,
                scopes: scopes
            )
            return place
        }
        throw .unreachable("The authorization server \(issuer) does not describe itself.")
    }

    private func document(_ url: String) async throws(LoginFault) -> JSONValue? {
        let response = try await send(
            FetchRequest(
                url: url,
                headers: [HTTPField("Accept", "application/json")],
                maximumBytes: Self.longestDocument,
                deadline: .after(.seconds(30))
            )
        )
        guard response.status == 200, let value = try? JSONValue(parsing: response.body), value.object != nil else {
            return nil
        }
        return value
    }

    private func send(_ request: FetchRequest) async throws(LoginFault) -> FetchResponse {
        do {
            return try await fetch.fetch(request)
        } catch {
            throw .unreachable("\(request.url) cannot be reached: \(error)")
        }
    }

    /// An origin as URLs have it: without the usual port.
    private static func written(_ origin: Origin) -> String {
        let port = origin.port == origin.scheme.defaultPort ? "" : ":\(origin.port)"
        return "\(origin.scheme.rawValue)://\(origin.host)\(port)"
    }
}

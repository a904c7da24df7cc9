import AuthorizationServer
import GatewayCore
import JSON

/// What a public client asks an authorization server for.
struct TokenRequests: Sendable {
    private static let longestAnswer = 256 << 10

    let fetch: any HTTPFetch

    /// A refusal in the protocol's own words (RFC 6749 section 5.2).
    struct Refusal: Error, Hashable {
        let code: String
        let description: String?

        var sentence: String { description ?? code }
    }

    /// What came of a request.
    enum Answer {
        case value(JSONValue)
        case refused(Refusal)
    }

    /// Registers this program (RFC 7591).
    /// - Returns: its client id.
    func register(at endpoint: String, redirectURI: String) async throws(LoginFault) -> String {
        let metadata: JSONValue = [
            "client_name": "Beamline command line", "redirect_uris": [.string(redirectURI)],
            "grant_types": [
                "authorization_code", "refresh_token", "urn:ietf:params:oauth:grant-type:device_code",
            ], "response_types": ["code"], "token_endpoint_auth_method": "none", "application_type": "native",
        ]
        let answer = try await send(endpoint, "application/json", metadata.serialized)
        switch answer {
        case .value(let value):
            guard let id = value["client_id"]?.string else {
                throw .unreachable("\(endpoint) answers, but not as a registration does.")
            }
            return id
        case .refused(let refusal): throw .refused("The server does not register this program: \(refusal.sentence)")
        }
    }

    /// Sends a form.
    func post(_ form: [(name: String, value: String)], to endpoint: String) async throws(LoginFault) -> Answer {
        let body = Array(FormParameters.encode(form).utf8)
        return try await send(endpoint, "application/x-www-form-urlencoded", body)
    }

    /// The tokens for a form.
    func tokens(_ form: [(name: String, value: String)], at endpoint: String) async throws(LoginFault) -> ClientTokens {
        switch try await post(form, to: endpoint) {
        case .value(let value): return try Self.tokens(value, endpoint)
        case .refused(let refusal): throw .refused("The login did not work: \(refusal.sentence)")
        }
    }

    static func tokens(_ value: JSONValue, _ endpoint: String) throws(LoginFault) -> ClientTokens {
        guard let tokens = ClientTokens(value) else {
            throw .unreachable("\(endpoint) answers, but not as a token endpoint does.")
        }
        return tokens
    }

    private func send(_ url: String, _ type: String, _ body: [UInt8]) async throws(LoginFault) -> Answer {
        let response: FetchResponse
        do {
            response = try await fetch.fetch(
                FetchRequest(
                    method: "POST",
                    url: url,
                    headers: [HTTPField("Content-Type", type), HTTPField("Accept", "application/json")],
                    body: body,
                    maximumBytes: Self.longestAnswer,
                    deadline: .after(.seconds(30))
                )
            )
        } catch {
            throw .unreachable("\(url) cannot be reached: \(error)")
        }
        // A revocation is answered without a body.
        let value = response.body.isEmpty ? [:] : (try? JSONValue(parsing: response.body)) ?? [:]
        if (200...299).contains(response.status) { return .value(value) }
        guard response.status < 500, response.status != 429, let code = value["error"]?.string else {
            throw .unreachable("\(url) answers with status \(response.status); try again later.")
        }
        return .refused(Refusal(code: code, description: value["error_description"]?.string))
    }
}

import AuthorizationServer
import Testing

@Suite("Requests to act for a person")
struct AuthorizationRequestTests {
    private func request(_ query: String) throws(AuthorizationRequest.Refusal) -> AuthorizationRequest {
        guard let parameters = try? FormParameters(query) else { throw .page("not a query") }
        let uri = try AuthorizationRequest.redirectURI(parameters, of: Samples.client)
        return try AuthorizationRequest(
            parameters,
            client: Samples.client,
            redirectURI: uri,
            settings: Samples.settings
        )
    }

    @Test func `a good one is taken as it is`() throws {
        let request = try request(Samples.query())
        #expect(request.client == "c1")
        #expect(request.state == "s")
        #expect(request.challenge == Samples.challenge)
        #expect(request.scopes == ["epic:read"])
        #expect(!request.needsLogin && !request.needsConsent)
    }

    @Test(
        arguments: [
            ["redirect_uri": nil], ["redirect_uri": "https://evil.example/"],
            ["redirect_uri": "https://client.example/back/"], ["redirect_uri": "https://client.example/back?x"],
            ["redirect_uri": "http://127.0.0.1/callback"], ["redirect_uri": "http://localhost:9/cb/../x"],
        ] as [[String: String?]]
    )
    func `nothing is sent to an address that is not the client's`(_ changes: [String: String?]) {
        #expect {
            try request(Samples.query(changes))
        } throws: { error in
            if case .page = error as? AuthorizationRequest.Refusal { true } else { false }
        }
    }

    @Test(
        arguments: [
            (["response_type": nil], .invalidRequest), (["response_type": "token"], .unsupportedResponseType),
            (["response_type": "code id_token"], .unsupportedResponseType), (["code_challenge": nil], .invalidRequest),
            (["code_challenge": "short"], .invalidRequest), (["code_challenge_method": nil], .invalidRequest),
            (["code_challenge_method": "plain"], .invalidRequest),
            (["resource": "https://other.example/mcp"], .invalidTarget),
            (["resource": "https://gw.example"], .invalidTarget),
            (["resource": "https://gw.example/mcpx"], .invalidTarget),
            (["resource": "https://gw.example/mcp/../x"], .invalidTarget),
            (["resource": "https://gw.example/mcp#x"], .invalidTarget), (["request": "x"], .requestNotSupported),
            (["request_uri": "https://canary.example/"], .requestURINotSupported),
            (["response_mode": "fragment"], .invalidRequest), (["prompt": "none"], .loginRequired),
        ] as [([String: String?], OAuthError.Code)]
    )
    func `the client hears what is wrong, with its state`(_ changes: [String: String?], _ code: OAuthError.Code) {
        #expect {
            try request(Samples.query(changes))
        } throws: { error in
            guard case .redirect(let uri, let state, let answer) = error as? AuthorizationRequest.Refusal else {
                return false
            }
            return uri == "https://client.example/back" && state == "s" && answer.code == code
        }
    }

    @Test(
        arguments: [
            (nil, ["atlas:read", "epic:read"]), ("", ["atlas:read", "epic:read"]),
            ("unknown", ["atlas:read", "epic:read"]),
            ("epic:write unknown epic:read epic:write", ["epic:read", "epic:write"]),
            ("offline_access epic:read", ["epic:read"]),
        ] as [(String?, [String])]
    )
    func `unknown scopes are left out, and none means the usual ones`(_ scope: String?, _ scopes: [String]) throws {
        #expect(try request(Samples.query(["scope": scope])).scopes == scopes)
    }

    @Test(arguments: ["https://gw.example/mcp", "https://gw.example/mcp/", "https://gw.example/mcp/epic"])
    func `the resource may be named by any of its paths`(_ resource: String) throws {
        #expect(try request(Samples.query(["resource": resource])).client == "c1")
    }

    @Test(arguments: [("login", true, false), ("consent", false, true), ("select_account consent", true, true)])
    func `a client may ask for a fresh login or consent`(_ prompt: String, _ login: Bool, _ consent: Bool) throws {
        let request = try request(Samples.query(["prompt": prompt]))
        #expect(request.needsLogin == login)
        #expect(request.needsConsent == consent)
    }

    @Test(arguments: [("0", 0), ("3600", 3600), ("9999999999", 9_999_999_999)] as [(String, Int64)])
    func `a client may say how old a login may be`(_ text: String, _ age: Int64) throws {
        #expect(try request(Samples.query(["max_age": text])).maximumAge == age)
        #expect(try request(Samples.query()).maximumAge == nil)
    }

    @Test(arguments: ["-1", "1.5", "x", "10000000000", " 1", "+1"])
    func `an age that is none is refused`(_ text: String) {
        #expect {
            try request(Samples.query(["max_age": text]))
        } throws: { error in
            guard case .redirect(_, _, let answer) = error as? AuthorizationRequest.Refusal else { return false }
            return answer.code == .invalidRequest
        }
    }

    @Test(arguments: [4096, 4097])
    func `a state has a limit`(_ length: Int) throws {
        let query = Samples.query(["state": String(repeating: "s", count: length)])
        if length <= 4096 {
            #expect(try request(query).state?.count == length)
        } else {
            #expect(throws: AuthorizationRequest.Refusal.self) { try request(query) }
        }
    }

    @Test func `every answer names the issuer`() throws {
        let request = try request(Samples.query())
        let success = AuthorizationAnswer.success(request, code: "c", issuer: Samples.issuer)
        #expect(success == "https://client.example/back?code=c&state=s&iss=https%3A%2F%2Fgw.example")
        let error = OAuthError(.accessDenied, "No.")
        let failure = AuthorizationAnswer.failure(request.redirectURI, state: nil, error, issuer: Samples.issuer)
        let expected = "https://client.example/back?error=access_denied&error_description=No."
        #expect(failure == expected + "&iss=https%3A%2F%2Fgw.example")
    }
}

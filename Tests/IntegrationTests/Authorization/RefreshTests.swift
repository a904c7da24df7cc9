import JSON
import TestSupport
import Testing

@Suite("Refresh tokens and revocation")
struct RefreshTests {
    @Test func `each use gives a new pair`() async throws {
        let site = try await LoginSite.shared()
        let client = try await TestClient(site)
        let first = try await client.tokens()
        let json = try #require(try await client.refresh(first.refresh).json)
        #expect(json["refresh_token"]?.string != first.refresh)
        #expect(json["expires_in"] == 600)
        #expect(try await site.listing(json["access_token"]?.string ?? "").status == 200)
    }

    @Test func `a lost answer is given again, and a copy ends the family`() async throws {
        let site = try await LoginSite.shared()
        let client = try await TestClient(site)
        let first = try await client.tokens()
        let second = try #require(try await client.refresh(first.refresh).json?["refresh_token"]?.string)
        #expect(try await client.refresh(first.refresh).json?["refresh_token"]?.string == second)
        let third = try #require(try await client.refresh(second).json)
        #expect(try await client.refresh(first.refresh).json?["error"] == "invalid_grant")
        let newest = third["refresh_token"]?.string ?? ""
        #expect(try await client.refresh(newest).json?["error"] == "invalid_grant")
        try await site.isTurnedAway(third["access_token"]?.string ?? "")
    }

    @Test(
        arguments: [
            ("epic:read", 200, "epic:read"), ("epic:read rubin:read", 200, "epic:read rubin:read"),
            ("epic:read atlas:read", 400, nil), ("rubin:write", 400, nil),
        ] as [(String, Int, String?)]
    )
    func `scopes are narrowed and never widened`(_ scope: String, _ status: Int, _ granted: String?) async throws {
        let site = try await LoginSite.shared()
        let client = try await TestClient(site)
        let refresh = try await client.tokens().refresh
        let answer = try await client.refresh(refresh, ["scope": scope])
        #expect(answer.status == status)
        #expect(answer.json?["scope"]?.string == granted)
        if status == 400 { #expect(try await client.refresh(refresh).status == 200, "the token was not used up") }
    }

    @Test(
        arguments: [["client_id": "known"], ["client_id": nil], ["refresh_token": nil], ["refresh_token": "x"]]
            as [[String: String?]]
    )
    func `a refresh token is for its client`(_ changes: [String: String?]) async throws {
        let site = try await LoginSite.shared()
        let client = try await TestClient(site)
        let answer = try await client.refresh(client.tokens().refresh, changes)
        #expect([400, 401].contains(answer.status))
    }

    @Test func `another public client cannot use it`() async throws {
        let site = try await LoginSite.shared()
        let (client, thief) = (try await TestClient(site), try await TestClient(site))
        let refresh = try await client.tokens().refresh
        #expect(try await thief.refresh(refresh).json?["error"] == "invalid_grant")
        #expect(try await client.refresh(refresh).status == 200)
    }

    @Test func `a refresh token, a code and an ID token are no access tokens`() async throws {
        let site = try await LoginSite.shared()
        let client = try await TestClient(site)
        #expect(try await site.listing(client.tokens().refresh).status == 401)
        #expect(try await site.listing(client.code()).status == 401)
    }

    @Test(arguments: [true, false])
    func `a client gives back what it was given, and that is the end at once (RFC 7009)`(
        _ isRefreshToken: Bool
    ) async throws {
        let site = try await LoginSite.shared()
        let client = try await TestClient(site)
        let tokens = try await client.tokens()
        #expect(try await site.listing(tokens.access).status == 200)
        let form = ["token": isRefreshToken ? tokens.refresh : tokens.access, "client_id": client.id]
        #expect(try await site.post("/revoke", form).status == 200)
        #expect(try await site.listing(tokens.access).status == 401, "without waiting: it is the same gateway")
        #expect(try await client.refresh(tokens.refresh).json?["error"] == "invalid_grant")
    }

    @Test func `nobody gives back another's, and unknown tokens are no error`() async throws {
        let site = try await LoginSite.shared()
        let (client, thief) = (try await TestClient(site), try await TestClient(site))
        let tokens = try await client.tokens()
        for token in [tokens.refresh, tokens.access, "unknown", "a.b.c"] {
            #expect(try await site.post("/revoke", ["token": token, "client_id": thief.id]).status == 200)
        }
        #expect(try await client.refresh(tokens.refresh).status == 200)
        #expect(try await site.post("/revoke", ["token": tokens.refresh]).status == 401)
        #expect(try await site.post("/revoke", ["client_id": thief.id]).status == 400)
    }

    @Test func `a grant outlives the gateway, and so do its keys`() async throws {
        let site = try await LoginSite.start()
        let client = try await TestClient(site)
        let tokens = try await client.tokens()
        try await site.gateway.stop()
        let gateway = try await GatewayProcess.start(
            configuration: site.gateway.configuration,
            port: site.gateway.port
        )
        let again = LoginSite(gateway: gateway, provider: site.provider, accountKey: site.accountKey)
        #expect(try await again.listing(tokens.access).status == 200)
        #expect(try await client.refresh(tokens.refresh).status == 200)
        try await gateway.stop()
    }
}

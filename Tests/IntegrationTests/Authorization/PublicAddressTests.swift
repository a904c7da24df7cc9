import JSON
import Sealing
import TestSupport
import Testing

@Suite("The authorization server behind a proxy")
struct PublicAddressTests {
    private func site(_ publicURL: String) async throws -> LoginSite {
        let (provider, key) = (try await FakeProvider.start(), ES256Key())
        var settings = try LoginSite.settings(provider, key, "")
        settings.publicURL = publicURL
        let gateway = try await GatewayProcess.start(settings)
        return LoginSite(gateway: gateway, provider: provider, accountKey: key)
    }

    @Test func `over https the cookies are this host's alone`() async throws {
        let site = try await site("https://gw.example")
        let client = try await TestClient(site)
        let query = client.query(["resource": "https://gw.example/mcp"])
        let page = try await site.get("/authorize?" + query)
        #expect(page.status == 200)
        let cookie = try #require(page.field("Set-Cookie"))
        #expect(cookie.hasPrefix("__Host-beamline-form="))
        #expect(cookie.contains("; Secure") && cookie.contains("; Path=/") && cookie.contains("; HttpOnly"))
        #expect(page.text.contains(#"action="https://gw.example/login/consent""#))
        #expect(try await site.get("/.well-known/oauth-authorization-server").json?["issuer"] == "https://gw.example")
        let plain = try await site.get(
            "/authorize?" + client.query(["resource": "https://gw.example/mcp", "client_id": "http://127.0.0.1/x"])
        )
        #expect(plain.status == 400, "documents on this machine are for gateways of one machine")
        try await site.gateway.stop()
    }

    @Test(arguments: [
        "/.well-known/oauth-authorization-server/lab", "/.well-known/openid-configuration/lab",
        "/lab/.well-known/openid-configuration", "/.well-known/oauth-authorization-server",
    ])
    func `below a path everything is where clients look for it`(_ path: String) async throws {
        let site = try await site("https://gw.example/lab")
        let json = try await site.get(path).json
        #expect(json?["issuer"] == "https://gw.example/lab")
        #expect(json?["token_endpoint"] == "https://gw.example/lab/token")
        let form = ["grant_type": "refresh_token", "refresh_token": "x", "client_id": "nobody"]
        for path in ["/lab/token", "/token", "/lab/token/"] {
            #expect(try await site.post(path, form).status == 401, "\(path)")
        }
        let resource = try await site.get("/.well-known/oauth-protected-resource/lab/mcp").json
        #expect(resource?["authorization_servers"] == ["https://gw.example/lab"])
        try await site.gateway.stop()
    }

    @Test func `over plain http beyond this machine nobody logs in`() async throws {
        var settings = try LoginSite.settings(try await FakeProvider.start(), ES256Key(), "")
        settings.publicURL = "http://gw.example"
        let (configuration, _) = try await GatewayProcess.write(settings)
        let run = try await ProgramRun.beamline("check", "--config", configuration)
        #expect(run.exitStatus == 1)
        #expect(run.errorOutput.contains("publicURL"))
    }
}

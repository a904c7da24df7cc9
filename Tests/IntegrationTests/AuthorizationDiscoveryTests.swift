import JSON
import TestSupport
import Testing

@Suite("Authorization discovery")
struct AuthorizationDiscoveryTests {
    @Test(arguments: ["/mcp", "/mcp/", "/mcp/epic", "/mcp/atlas", "/mcp/rubin"])
    func `without a token the answer leads to a document that names the resource`(_ path: String) async throws {
        let gateway = try await SharedSite.gateway()
        let answer = try await gateway.exchange(gateway.message("tools/list", token: nil, path: path))
        #expect(answer.status == 401)
        let challenge = try #require(answer.field("WWW-Authenticate"))
        #expect(challenge.hasPrefix("Bearer "))
        #expect(!challenge.contains("error="), "there was no token that could be wrong")

        let metadata = try #require(challenge.firstMatch(of: /resource_metadata="([^"]*)"/)?.output.1)
        let origin = "http://127.0.0.1:\(gateway.port)"
        try #require(metadata.hasPrefix(origin))
        let document = try await gateway.exchange(WireRequest("GET", String(metadata.dropFirst(origin.count))))
        #expect(document.status == 200)
        #expect(document.field("Content-Type")?.hasPrefix("application/json") == true)
        let json = try #require(document.json)
        #expect(json["resource"]?.string == gateway.url)
        #expect(json["authorization_servers"]?.array?.compactMap(\.string) == [origin])
        #expect(json["bearer_methods_supported"] == ["header"])
        #expect(json["scopes_supported"]?.array?.isEmpty == false)
    }

    @Test(arguments: ["", "/mcp", "/mcp/epic"])
    func `the document is found at every well-known address`(_ suffix: String) async throws {
        let gateway = try await SharedSite.gateway()
        let answer = try await gateway.exchange(WireRequest("GET", "/.well-known/oauth-protected-resource\(suffix)"))
        #expect(answer.status == 200)
        #expect(answer.json?["resource"]?.string == gateway.url)
    }

    @Test func `a token shows the tools of its roles and no others`() async throws {
        let gateway = try await SharedSite.gateway()
        let all = try await gateway.pluginToolNames(token: gateway.token())
        let rubin = try await gateway.pluginToolNames(token: gateway.token(roles: ["rubin.user"]))
        #expect(rubin == all.filter { $0.hasPrefix("rubin_") })
        #expect(!rubin.isEmpty)
    }
}

import ClientLogin
import GatewayCore
import Testing

@Suite("Where people log in for a gateway")
struct DiscoveryTests {
    private static let url = "https://gw.example/mcp/epic"
    private static let resource = "https://gw.example/.well-known/oauth-protected-resource"
    private static let server = "https://gw.example/.well-known/oauth-authorization-server"

    private static func fetch(
        resource: String =
            #"{"resource": "https://gw.example/mcp", "authorization_servers": ["https://gw.example"], "scopes_supported": ["a:read"]}"#,
        server: String =
            #"{"issuer": "https://gw.example", "authorization_endpoint": "https://gw.example/authorize", "token_endpoint": "https://gw.example/token"}"#
    ) -> RecordedFetch {
        RecordedFetch([
            url: .init(
                status: 401,
                headers: [
                    HTTPField("WWW-Authenticate", #"Bearer resource_metadata="https://gw.example/prm", scope="b:read""#)
                ]
            ),
            "https://gw.example/prm": .init(body: resource), Self.server: .init(body: server),
        ])
    }

    @Test func `is found from the first refusal`() async throws {
        let place = try await LoginDiscovery(fetch: Self.fetch()).place(of: Self.url)
        #expect(place.issuer == "https://gw.example" && place.resource == "https://gw.example/mcp")
        #expect(place.tokenEndpoint == "https://gw.example/token" && place.deviceEndpoint == nil)
        #expect(place.scopes == ["b:read"] && !place.sendsIssuer)
    }

    @Test(arguments: ["\(resource)/mcp/epic", resource])
    func `is found where documents lie by rule`(_ location: String) async throws {
        let fetch = Self.fetch()
        fetch.set(Self.url, .init(status: 401))
        fetch.set(
            location,
            .init(
                body:
                    #"{"resource": "https://gw.example/mcp", "authorization_servers": ["https://gw.example"], "scopes_supported": ["a:read"]}"#
            )
        )
        #expect(try await LoginDiscovery(fetch: fetch).place(of: Self.url).scopes == ["a:read"])
    }

    @Test(arguments: [
        ("https://idp.example/realms/x", "https://idp.example/.well-known/oauth-authorization-server/realms/x"),
        ("https://idp.example/realms/x", "https://idp.example/.well-known/openid-configuration/realms/x"),
        ("https://idp.example/realms/x", "https://idp.example/realms/x/.well-known/openid-configuration"),
        ("https://idp.example/", "https://idp.example/.well-known/openid-configuration"),
        ("https://idp.example:8443/x/", "https://idp.example:8443/.well-known/oauth-authorization-server/x"),
    ])
    func `another server describes itself in one of three places`(_ issuer: String, _ location: String) async throws {
        let fetch = Self.fetch(
            resource: #"{"resource": "https://gw.example/mcp", "authorization_servers": ["\#(issuer)"]}"#
        )
        fetch.set(location, .init(body: #"{"issuer": "\#(issuer)", "token_endpoint": "https://idp.example/token"}"#))
        #expect(try await LoginDiscovery(fetch: fetch).place(of: Self.url).issuer == issuer)
    }

    @Test(arguments: [
        (
            #"{"resource": "https://evil.example/mcp", "authorization_servers": ["https://gw.example"]}"#,
            LoginFault.Kind.refused
        ),
        (#"{"resource": "http://gw.example/mcp", "authorization_servers": ["https://gw.example"]}"#, .refused),
        (#"{"resource": "https://gw.example/mcp"}"#, .refused),
        (#"{"resource": "https://gw.example/mcp", "authorization_servers": []}"#, .refused),
        (
            #"{"resource": "https://gw.example/mcp", "authorization_servers": ["https://gw.example/other"]}"#,
            .unreachable
        ),
        ("<html>", .refused), ("[]", .refused),
    ])
    func `a gateway that does not say so has none`(_ document: String, _ kind: LoginFault.Kind) async {
        await #expect { try await LoginDiscovery(fetch: Self.fetch(resource: document)).place(of: Self.url) } throws: {
            ($0 as? LoginFault)?.kind == kind
        }
    }

    @Test(arguments: [
        #"{"issuer": "https://gw.example/", "token_endpoint": "https://gw.example/token"}"#,
        #"{"token_endpoint": "https://gw.example/token"}"#, #"{"issuer": "https://gw.example"}"#, "",
    ])
    func `a server that describes another is none`(_ document: String) async {
        await #expect { try await LoginDiscovery(fetch: Self.fetch(server: document)).place(of: Self.url) } throws: {
            ($0 as? LoginFault)?.kind == .unreachable
        }
    }

    @Test func `a gateway that is down is said to be`() async {
        let fetch = Self.fetch()
        fetch.set(Self.url, .init(status: 0))
        await #expect { try await LoginDiscovery(fetch: fetch).place(of: Self.url) } throws: {
            ($0 as? LoginFault)?.kind == .unreachable
        }
    }
}

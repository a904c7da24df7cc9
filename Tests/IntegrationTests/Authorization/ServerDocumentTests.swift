import JSON
import TestSupport
import Testing

@Suite("Documents of the authorization server")
struct ServerDocumentTests {
    @Test(arguments: ["/.well-known/oauth-authorization-server", "/.well-known/openid-configuration"])
    func `the metadata say what clients look for (RFC 8414 section 2)`(_ path: String) async throws {
        let site = try await LoginSite.shared()
        let answer = try await site.get(path)
        #expect(answer.status == 200)
        #expect(answer.field("Content-Type") == "application/json")
        #expect(answer.field("Access-Control-Allow-Origin") == "*")
        #expect(answer.field("Cache-Control") == "public, max-age=300")
        let json = try #require(answer.json)
        #expect(json["issuer"]?.string == site.issuer)
        for (member, path) in [
            ("authorization_endpoint", "/authorize"), ("token_endpoint", "/token"),
            ("registration_endpoint", "/register"), ("revocation_endpoint", "/revoke"), ("jwks_uri", "/jwks.json"),
            ("device_authorization_endpoint", "/device_authorization"),
        ] {
            #expect(json[member]?.string == site.issuer + path)
        }
        #expect(json["code_challenge_methods_supported"] == ["S256"])
        #expect(json["response_types_supported"] == ["code"])
        #expect(json["client_id_metadata_document_supported"] == true)
        #expect(json["authorization_response_iss_parameter_supported"] == true)
        #expect(json["token_endpoint_auth_methods_supported"]?.array?.first == "none")
        let scopes = json["scopes_supported"]?.array?.compactMap(\.string) ?? []
        #expect(scopes.contains("epic:read") && scopes.contains("offline_access") && !scopes.contains("epic:write"))
    }

    @Test func `the resource names the gateway before all others, and no offline access`() async throws {
        let site = try await LoginSite.shared()
        let json = try await site.get("/.well-known/oauth-protected-resource/mcp").json
        #expect(json?["authorization_servers"]?.array?.compactMap(\.string) == [site.issuer])
        #expect(json?["resource"]?.string == site.resource)
        #expect(json?["scopes_supported"]?.array?.contains("offline_access") == false)
    }

    @Test func `the keys are public ones only`() async throws {
        let site = try await LoginSite.shared()
        let answer = try await site.get("/jwks.json")
        let keys = try #require(answer.json?["keys"]?.array)
        #expect(keys.count == 1)
        for key in keys {
            #expect(Set(key.object?.names ?? []) == ["kty", "crv", "use", "alg", "kid", "x", "y"])
        }
    }

    @Test(arguments: ["/.well-known/oauth-authorization-server", "/jwks.json", "/token", "/register", "/revoke"])
    func `pages of any site may ask`(_ path: String) async throws {
        let site = try await LoginSite.shared()
        let fields = ["Origin: https://inspector.example", "Access-Control-Request-Method: POST"]
        let answer = try await site.gateway.exchange(WireRequest("OPTIONS", path, fields))
        #expect(answer.status == 204)
        #expect(answer.field("Access-Control-Allow-Origin") == "*")
        #expect(answer.field("Access-Control-Allow-Credentials") == nil)
    }

    @Test(arguments: [
        ("GET", "/token"), ("GET", "/register"), ("GET", "/revoke"), ("GET", "/device_authorization"),
        ("GET", "/login/consent"), ("GET", "/login/choice"), ("POST", "/authorize"), ("DELETE", "/authorize"),
        ("PUT", "/token"), ("POST", "/jwks.json"), ("OPTIONS", "/authorize"),
    ])
    func `other methods are refused`(_ method: String, _ path: String) async throws {
        let answer = try await LoginSite.shared().gateway.exchange(WireRequest(method, path))
        #expect(answer.status == 405)
        #expect(answer.field("Allow") != nil)
    }

    @Test(arguments: ["/authorize?client_id=x", "/device", "/login/callback/good?state=x"])
    func `another host name gets no page (DNS rebinding)`(_ path: String) async throws {
        var request = WireRequest("GET", path)
        request.host = "evil.example"
        #expect(try await LoginSite.shared().gateway.exchange(request).status == 421)
    }

    @Test func `another host name still gets the metadata, which name nothing of it`() async throws {
        let site = try await LoginSite.shared()
        var request = WireRequest("GET", "/.well-known/oauth-authorization-server")
        request.host = "evil.example"
        let answer = try await site.gateway.exchange(request)
        #expect(answer.status == 200)
        #expect(answer.json?["issuer"]?.string == site.issuer)
        #expect(!answer.text.contains("evil"))
    }
}

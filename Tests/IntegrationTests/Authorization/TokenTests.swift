import Foundation
import JSON
import TestSupport
import Testing

@Suite("Tokens for codes")
struct TokenTests {
    @Test func `a code becomes a short token for this gateway alone (RFC 9068)`() async throws {
        let site = try await LoginSite.shared()
        let client = try await TestClient(site)
        let answer = try await client.redeem(client.code())
        #expect(answer.status == 200)
        #expect(answer.field("Cache-Control") == "no-store")
        #expect(answer.field("Access-Control-Allow-Origin") == "*")
        let json = try #require(answer.json)
        #expect(json["token_type"] == "Bearer")
        #expect(json["expires_in"] == 600)
        #expect(json["scope"] == "epic:read rubin:read")
        let token = try #require(json["access_token"]?.string)
        let parts = token.split(separator: ".").map { part in
            Base64URL.decode(String(part)).flatMap { try? JSONValue(parsing: $0) }
        }
        #expect(parts[0]?["typ"] == "at+jwt" && parts[0]?["alg"] == "ES256")
        let claims = try #require(parts[1])
        #expect(claims["iss"]?.string == site.issuer)
        #expect(claims["aud"]?.string == site.resource)
        #expect(claims["client_id"]?.string == client.id)
        #expect(claims["exp"]?.integer == claims["iat"]?.integer.map { $0 + 600 })
        for name in ["jti", "sid", "sub", "auth_time"] { #expect(claims[name] != nil, "\(name)") }
        for name in ["groups", "roles", "email", "name"] { #expect(claims[name] == nil, "\(name)") }
    }

    @Test func `the token opens what the roles of the login may see`() async throws {
        let site = try await LoginSite.shared()
        let client = try await TestClient(site)
        let names = try await site.gateway.pluginToolNames(token: client.tokens().access)
        #expect(names.contains { $0.hasPrefix("epic_") })
        #expect(!names.contains { $0.hasPrefix("atlas_") }, "its group is not mapped at this login")
        let result = try await site.gateway.call(
            "epic_panda_list_jobs",
            ["limit": 1],
            token: client.tokens().access
        )
        #expect(result["isError"] != true)
    }

    @Test func `groups of userinfo count where the site asks for them`() async throws {
        let site = try await LoginSite.shared()
        let client = try await TestClient(site)
        let names = try await site.gateway.pluginToolNames(token: client.tokens(at: .another).access)
        #expect(names.contains { $0.hasPrefix("atlas_") })
    }

    @Test(
        arguments: [
            ["code_verifier": String(repeating: "a", count: 43)], ["code_verifier": nil],
            ["redirect_uri": "http://127.0.0.1:9999/other"], ["code": "AAAA"], ["code": nil], ["client_id": nil],
            ["client_id": "nobody"], ["client_id": "known"], ["grant_type": nil], ["grant_type": "password"],
            ["resource": "https://other.example/mcp"], ["client_secret": "x"],
        ] as [[String: String?]]
    )
    func `a code is for its client with its proof`(_ changes: [String: String?]) async throws {
        let site = try await LoginSite.shared()
        let client = try await TestClient(site)
        let code = try await client.code()
        let answer = try await client.redeem(code, changes)
        #expect([400, 401].contains(answer.status))
        #expect(answer.json?["access_token"] == nil)
        #expect(answer.json?["error"]?.string?.isEmpty == false)
        #expect(answer.field("Cache-Control") == "no-store")
        #expect(try await client.redeem(code).status == 200, "and was not used up by that")
    }

    @Test func `another client cannot use it, even knowing the proof`() async throws {
        let site = try await LoginSite.shared()
        let (client, thief) = (try await TestClient(site), try await TestClient(site))
        let code = try await client.code()
        #expect(try await client.redeem(code, ["client_id": thief.id]).json?["error"] == "invalid_grant")
    }

    @Test func `a client the server has forgotten is told so (401 invalid_client)`() async throws {
        let site = try await LoginSite.shared()
        let form = ["grant_type": "refresh_token", "refresh_token": "x", "client_id": "forgotten"]
        let answer = try await site.post("/token", form)
        #expect(answer.status == 401)
        #expect(answer.json?["error"] == "invalid_client")
    }

    @Test func `a code that is used again ends all that came of it (RFC 9700 section 4.5.2)`() async throws {
        let site = try await LoginSite.shared()
        let client = try await TestClient(site)
        let code = try await client.code()
        let json = try #require(try await client.redeem(code).json)
        let (access, refresh) = (json["access_token"]?.string ?? "", json["refresh_token"]?.string ?? "")
        #expect(try await site.listing(access).status == 200)
        #expect(try await client.redeem(code).json?["error"] == "invalid_grant")
        #expect(try await client.refresh(refresh).json?["error"] == "invalid_grant")
        try await site.isTurnedAway(access)
    }

    @Test func `of several who redeem a code at once one wins, and then loses it`() async throws {
        let site = try await LoginSite.shared()
        let client = try await TestClient(site)
        let code = try await client.code()
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<6 { group.addTask { try await client.redeem(code).status } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(statuses.count { $0 == 200 } <= 1)
    }

    @Test(arguments: [
        "grant_type=authorization_code&grant_type=refresh_token", "grant_type=%FF", "%",
        "grant_type=authorization_code&code=%00",
    ])
    func `a form that two readers could read differently is refused`(_ text: String) async throws {
        let answer = try await LoginSite.shared().post("/token", text: text)
        #expect(answer.status == 400)
        #expect(answer.json?["error"] == "invalid_request")
    }

    @Test func `parameters in the query count for nothing`() async throws {
        let site = try await LoginSite.shared()
        let client = try await TestClient(site)
        let query = Form.write(client.redemption(try await client.code()))
        let answer = try await site.post("/token?" + query, [:])
        #expect(answer.json?["access_token"] == nil)
    }

    @Test func `JSON is no form`() async throws {
        let site = try await LoginSite.shared()
        let request = WireRequest("POST", "/token", ["Content-Type: application/json"], body: Array("{}".utf8))
        #expect(try await site.gateway.exchange(request).status == 415)
    }

    @Test func `a client of the site authenticates in either usual way`() async throws {
        let site = try await LoginSite.shared()
        let form = ["grant_type": "refresh_token", "refresh_token": "x"]
        let basic = "Authorization: Basic " + Data("known:\(LoginSite.clientSecret)".utf8).base64EncodedString()
        #expect(try await site.post("/token", form, [basic]).json?["error"] == "invalid_grant")
        let posted = form.merging(["client_id": "known", "client_secret": LoginSite.clientSecret]) { $1 }
        #expect(try await site.post("/token", posted).json?["error"] == "invalid_grant")
        let wrong = "Authorization: Basic " + Data("known:wrong".utf8).base64EncodedString()
        let refused = try await site.post("/token", form, [wrong])
        #expect(refused.status == 401)
        #expect(refused.field("WWW-Authenticate")?.hasPrefix("Basic ") == true)
        let both = try await site.post("/token", posted, [basic])
        #expect(both.json?["error"] == "invalid_request")
    }
}

extension LoginSite {
    /// Waits until a token is not accepted any more: a revocation may take half a second.
    func isTurnedAway(_ token: String) async throws {
        _ = try await Polling.wait(for: "the end of a token") { () -> Bool? in
            let answer = try await listing(token)
            return answer.status == 401 && answer.field("WWW-Authenticate")?.contains("invalid_token") == true
                ? true : nil
        }
    }
}

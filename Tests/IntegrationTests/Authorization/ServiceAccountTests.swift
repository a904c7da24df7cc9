import Foundation
import JSON
import Sealing
import TestSupport
import Testing

@Suite("Programs that call for themselves")
struct ServiceAccountTests {
    private static let assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

    @Test func `a secret gives a token with the account's roles, and no refresh token`() async throws {
        let site = try await LoginSite.shared()
        let form = ["grant_type": "client_credentials", "client_id": "bots", "client_secret": LoginSite.secret]
        let json = try #require(try await site.post("/token", form).json)
        #expect(json["refresh_token"] == nil)
        #expect(json["scope"] == "epic:read")
        let names = try await site.gateway.pluginToolNames(token: json["access_token"]?.string ?? "")
        #expect(!names.isEmpty && names.allSatisfy { $0.hasPrefix("epic_") })
    }

    @Test(
        arguments: [
            (["client_secret": "wrong"], "invalid_client"), (["client_secret": nil], "invalid_client"),
            (["scope": "epic:write"], "invalid_scope"), (["client_id": "retired"], "invalid_client"),
            (["client_id": "signer"], "invalid_client"), (["resource": "https://other.example"], "invalid_target"),
        ] as [([String: String?], String)]
    )
    func `otherwise there is none`(_ changes: [String: String?], _ error: String) async throws {
        let site = try await LoginSite.shared()
        var form = ["grant_type": "client_credentials", "client_id": "bots", "client_secret": LoginSite.secret]
        for (name, value) in changes { form[name] = value }
        #expect(try await site.post("/token", form).json?["error"]?.string == error)
    }

    @Test func `a client of people gets no token without one`() async throws {
        let site = try await LoginSite.shared()
        let form = [
            "grant_type": "client_credentials", "client_id": "known", "client_secret": LoginSite.clientSecret,
        ]
        #expect(try await site.post("/token", form).json?["error"] == "unauthorized_client")
    }

    private func assertion(
        _ site: LoginSite,
        _ changes: [String: JSONValue?] = [:],
        header: [String: JSONValue] = [:],
        key: ES256Key? = nil
    ) -> String {
        let now = Int(Date().timeIntervalSince1970)
        var claims: [String: JSONValue] = [
            "iss": "signer", "sub": "signer", "aud": .string(site.issuer), "iat": .integer(now),
            "exp": .integer(now + 60), "jti": .string(UUID().uuidString),
        ]
        for (name, value) in changes { claims[name] = value }
        let head: [String: JSONValue] = ["alg": "ES256", "kid": "s1"].merging(header) { $1 }
        func object(_ members: [String: JSONValue]) -> String {
            Sealing.Base64URL.encode(JSONValue.object(JSONObject(members.map { ($0.key, $0.value) })).serialized)
        }
        let signed = object(head) + "." + object(claims)
        return signed + "." + Sealing.Base64URL.encode((key ?? site.accountKey).signature(over: Array(signed.utf8)))
    }

    private func ask(_ site: LoginSite, _ assertion: String) async throws -> WireAnswer {
        try await site.post(
            "/token",
            [
                "grant_type": "client_credentials", "client_assertion": assertion,
                "client_assertion_type": Self.assertionType,
            ]
        )
    }

    @Test(arguments: ["", "/token"])
    func `a signature gives a token, once (RFC 7523)`(_ audience: String) async throws {
        let site = try await LoginSite.shared()
        let assertion = assertion(site, ["aud": .string(site.issuer + audience)])
        #expect(try await ask(site, assertion).status == 200)
        #expect(try await ask(site, assertion).json?["error"] == "invalid_client", "used before")
    }

    @Test(
        arguments: [
            ["aud": "https://other.example"], ["aud": nil], ["exp": 1_000_000_000], ["exp": nil], ["sub": "bots"],
            ["iss": "bots"], ["jti": nil], ["jti": ""], ["exp": 9_999_999_999], ["iat": 9_999_999_999],
        ] as [[String: JSONValue?]]
    )
    func `a signature over something else does not (RFC 8725)`(_ changes: [String: JSONValue?]) async throws {
        let site = try await LoginSite.shared()
        #expect(try await ask(site, assertion(site, changes)).json?["error"] == "invalid_client")
    }

    @Test(
        arguments: [
            ["alg": "none"], ["alg": "HS256"], ["kid": "other"], ["typ": "at+jwt"], ["crit": ["x"]],
        ] as [[String: JSONValue]]
    )
    func `nor does one with a strange header`(_ header: [String: JSONValue]) async throws {
        let site = try await LoginSite.shared()
        #expect(try await ask(site, assertion(site, header: header)).json?["error"] == "invalid_client")
    }

    @Test func `nor one by another key, or for several servers`() async throws {
        let site = try await LoginSite.shared()
        #expect(try await ask(site, assertion(site, key: ES256Key())).json?["error"] == "invalid_client")
        let several = assertion(site, ["aud": [.string(site.issuer), "https://other.example"]])
        #expect(try await ask(site, several).json?["error"] == "invalid_client")
    }

    @Test func `a static key works as a bearer token, and one that is wrong, expired or unknown does not`() async throws
    {
        let site = try await LoginSite.shared()
        #expect(try await site.listing(LoginSite.key(for: "bots")).status == 200)
        for key in [LoginSite.key(for: "retired"), LoginSite.key(for: "signer"), "beam_sk_bots_x", "beam_sk_"] {
            #expect(try await site.listing(key).status == 401, "\(key)")
        }
    }
}

import Authentication
import GatewayCore
import JSON
import Testing

@Suite struct ClaimMappingTests {
    private let forge: TokenForge

    init() async throws {
        forge = try await SharedForge.value()
    }

    /// The principal of a token whose issuer has the record given.
    private func principal(
        _ change: (inout IssuerRecord) -> Void,
        claims: [String: JSONValue?] = [:]
    ) async throws -> Principal {
        var record = try #require(forge.records.first)
        change(&record)
        let authenticator = try BearerAuthenticator(issuers: [record], fetch: ScriptedFetch(), clock: MovableClock())
        let outcome = await authenticator.outcome(of: try forge.token(claims: claims))
        guard case .principal(let principal, _) = outcome else {
            throw Unexpected(outcome: outcome)
        }
        return principal
    }

    private struct Unexpected: Error {
        let outcome: AuthenticationOutcome
    }

    private static let mappings = [
        RoleMapping(group: "atlas", role: "atlas.user"),
        RoleMapping(group: "atlas/production", role: "atlas.production"),
        RoleMapping(group: "/raw", role: "epic.user"),
        RoleMapping(group: "caf\u{E9}", role: "epic.cook"),
    ]

    @Test(arguments: [
        (#"{"scope": "epic:read  epic:write"}"#, "epic:read epic:write"),
        (#"{"scope": ["epic:read", "a b"]}"#, "a b epic:read"),
        (#"{"scp": ["epic:read"]}"#, "epic:read"),
        (#"{"scp": "x y"}"#, "x y"),
        (#"{"scope": "", "scp": ["epic:read"]}"#, ""),
        ("{}", ""),
    ])
    func `scopes come from scope or scp`(text: String, scopes: String) async throws {
        let claims = try JSONValue(parsing: text)
        let principal = try await principal({ _ in }, claims: ["scope": claims["scope"], "scp": claims["scp"]])
        #expect(principal.scopes.sorted().joined(separator: " ") == scopes)
    }

    @Test(arguments: [
        ("openid", "epic:read openid"), ("epic:write", "epic:write"), ("atlas:x", "atlas:x epic:read"),
    ])
    func `baseline scopes are for namespaces with a role and without a scope`(scope: String, all: String) async throws {
        let principal = try await principal(
            { $0.baselineScopes = ["read"] },
            claims: ["scope": .string(scope)]
        )
        #expect(principal.scopes.sorted().joined(separator: " ") == all)
    }

    @Test func `the client is azp before client_id, and names and times are checked`() async throws {
        let now = Int(TokenForge.now)
        let full = try await principal(
            { _ in },
            claims: ["azp": "web", "preferred_username": "Zo\u{EB} M.", "auth_time": .integer(now - 5)]
        )
        #expect(full.client == "web")
        #expect(full.username == "Zo\u{EB} M.")
        #expect(full.authenticatedAt == TokenForge.now - 5)
        let odd = try await principal(
            { _ in },
            claims: ["preferred_username": "a\u{202E}b", "auth_time": .integer(now + 61)]
        )
        #expect(odd.client == "cli")
        #expect(odd.username == nil)
        #expect(odd.authenticatedAt == nil)
        let other = try await principal(
            { record in record.username = ClaimPath(["profile", "login"]) },
            claims: ["profile": ["login": "zoe"], "auth_time": "yesterday"]
        )
        #expect(other.username == "zoe")
        #expect(other.authenticatedAt == nil)
    }
}

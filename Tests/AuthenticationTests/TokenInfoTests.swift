import Authentication
import GatewayCore
import JSON
import Testing

@Suite("Tokens of the Rubin Science Platform") struct TokenInfoTests {
    private static let root = "https://data.example/auth/api/v1"
    private let forge: TokenForge
    private let clock = MovableClock()

    init() async throws {
        forge = try await SharedForge.value()
    }

    /// Asks about a token; nil for a user-info that is not asked for.
    private func outcome(
        of changes: [String: String?] = [:],
        userInfo: String? = nil,
        userInfoStatus: Int = 200,
        clients: [String] = []
    ) async throws -> (AuthenticationOutcome, [FetchRequest]) {
        let fetch = AskedFetch { request in
            guard request.url == Self.root + "/token-info" else {
                return AskedFetch.json(userInfo ?? "", status: userInfoStatus)
            }
            let authorization = request.headers.first { $0.name == "Authorization" }?.value ?? ""
            return AskedFetch.json(String(decoding: AskedToken.info(in: authorization) ?? [], as: UTF8.self))
        }
        let record = IssuerRecord(
            id: "rsp",
            issuers: ["https://data.example"],
            keys: .inline(jwks: []),
            profile: .gafaelfawr,
            audience: [TokenForge.audience],
            allowedClients: clients,
            subject: ClaimPath(["username"]),
            username: ClaimPath(["sub"]),
            groups: GroupClaims(paths: [ClaimPath(["scopes"])]),
            roles: [
                RoleMapping(group: "read:all", role: "rubin.user"),
                RoleMapping(group: "g_operators", role: "rubin.operator"),
            ],
            baselineScopes: ["read"],
            questions: TokenQuestions(
                .tokenInfo(
                    url: Self.root + "/token-info",
                    userInfoURL: userInfo == nil ? nil : Self.root + "/user-info"
                ),
                prefix: "gt-"
            )
        )
        let authenticator = try BearerAuthenticator(issuers: [record], fetch: fetch, clock: clock)
        let token = AskedToken.gafaelfawr(BadAnswer.goodInfo(forge.at(clock.now), changes))
        return (await authenticator.outcome(of: token), fetch.requests)
    }

    private func principal(roles: Set<String>, client: String? = nil) -> Principal {
        Principal(
            issuer: "https://data.example",
            subject: "ada",
            username: "ada",
            roles: roles,
            scopes: ["rubin:read"],
            client: client
        )
    }

    @Test func `the platform's scopes give roles, and no scopes of ours`() async throws {
        let (outcome, requests) = try await outcome()
        #expect(outcome == .principal(principal(roles: ["rubin.user"]), expiresAt: clock.now + 600))
        #expect(requests.count == 1 && requests[0].method == "GET")
    }

    @Test func `groups come from user-info, which is about the same user`() async throws {
        let groups = #"{"username":"ada","groups":[{"name":"g_operators","id":7},{"id":8},"x"]}"#
        let (good, requests) = try await outcome(userInfo: groups)
        #expect(good == .principal(principal(roles: ["rubin.user", "rubin.operator"]), expiresAt: clock.now + 600))
        #expect(requests.map(\.url) == [Self.root + "/token-info", Self.root + "/user-info"])
        let other = try await outcome(userInfo: groups.replacing("ada", with: "eve")).0
        #expect(other == .refused(.subject))
        #expect(try await outcome(userInfo: "{}", userInfoStatus: 500).0 == .refused(.keysUnavailable))
        #expect(try await outcome(userInfo: "{}", userInfoStatus: 403).0 == .refused(.inactive))
    }

    @Test(arguments: ["null", nil] as [String?])
    func `a token without an end holds while the platform says so`(_ expires: String?) async throws {
        guard case .principal(_, let end) = try await outcome(of: ["expires": expires]).0 else {
            Issue.record("not accepted")
            return
        }
        #expect(end == clock.now + 86_400)
    }

    @Test(
        arguments: [
            (#""internal""#, #""beamline""#, true), (#""internal""#, #""portal""#, false), (#""user""#, nil, false),
        ] as [(String, String?, Bool)]
    )
    func `with a list of services only tokens made for those are taken`(
        _ kind: String,
        _ service: String?,
        _ isGood: Bool
    ) async throws {
        let outcome = try await outcome(of: ["token_type": kind, "service": service], clients: ["beamline"]).0
        #expect(
            outcome
                == (isGood
                    ? .principal(principal(roles: ["rubin.user"], client: "beamline"), expiresAt: clock.now + 600)
                    : .refused(.client))
        )
    }
}

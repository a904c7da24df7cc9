import Foundation
import JSON
import PostgresServer
import TestSupport
import Testing

@Suite("Several gateways with one database")
struct SharedDatabaseTests {
    /// The tokens of somebody whose every step another gateway answers.
    private func tokens(of client: TestClient, at sites: [LoginSite]) async throws -> (access: String, refresh: String)
    {
        var browser = Browser(sites[0])
        let consent = try await browser.get("/authorize?" + client.query())
        browser.site = sites[1]
        let ticket = try #require(Browser.ticket(in: consent))
        let chooser = try await browser.post("/login/consent", ["ticket": ticket, "decision": "allow"])
        browser.site = sites[0]
        let callback = try await browser.visitProvider(try await browser.choose(.good, on: chooser))
        browser.site = sites[1]
        let end = try await browser.get(Browser.target(callback))
        let code = try #require(end.field("Location").flatMap { Form.query(of: $0)["code"] }, "\(end)")
        let json = try #require(try await sites[0].post("/token", client.redemption(code)).json)
        // A code is used up everywhere, and who brings it again ends what came of it.
        return (json["access_token"]?.string ?? "", json["refresh_token"]?.string ?? "")
    }

    @Test func `a login begun at one ends at the other, and holds at both until either ends it`() async throws {
        let sites = try await SharedDatabase(SharedPostgresServer.server()).sites()
        let client = try await TestClient(sites[0])
        let tokens = try await tokens(of: client, at: sites)
        for site in sites { #expect(try await site.listing(tokens.access).status == 200) }

        // A refresh at one is known at the other.
        func refresh(_ token: String, at site: LoginSite) async throws -> JSONValue? {
            let form = ["grant_type": "refresh_token", "refresh_token": token, "client_id": client.id]
            return try await site.post("/token", form).json
        }
        let second = try #require(try await refresh(tokens.refresh, at: sites[1])?["refresh_token"]?.string)
        #expect(try await refresh(tokens.refresh, at: sites[0])?["refresh_token"]?.string == second)
        let third = try #require(try await refresh(second, at: sites[0]))
        for site in sites { #expect(try await site.listing(third["access_token"]?.string ?? "").status == 200) }
        #expect(try await refresh(tokens.refresh, at: sites[1])?["error"] == "invalid_grant", "a copy")
        for site in sites { try await site.isTurnedAway(third["access_token"]?.string ?? "") }

        // What one gives, the other takes back.
        let again = try await self.tokens(of: client, at: sites.reversed())
        let form = ["token": again.refresh, "client_id": client.id]
        #expect(try await sites[0].post("/revoke", form).status == 200)
        for site in sites { try await site.isTurnedAway(again.access) }

        // What the operator ends has ended everywhere.
        let last = try await self.tokens(of: client, at: sites)
        let run = try await ProgramRun.beamline(
            "revoke",
            "--config",
            sites[1].gateway.configuration,
            "--client",
            client.id
        )
        #expect(run.exitStatus == 0, "\(run)")
        for site in sites { try await site.isTurnedAway(last.access) }
        for site in sites { try await site.gateway.stop() }
    }

    @Test func `a code is redeemed once, wherever it is brought`() async throws {
        let sites = try await SharedDatabase(SharedPostgresServer.server()).sites()
        let client = try await TestClient(sites[0])
        let code = try await client.code()
        let answers = try await withThrowingTaskGroup(of: WireAnswer.self) { group in
            for number in 0..<8 {
                group.addTask { try await sites[number % 2].post("/token", client.redemption(code)) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        let tokens = answers.compactMap { $0.json?["access_token"]?.string }
        #expect(tokens.count <= 1)
        #expect(answers.count { $0.json?["error"] == "invalid_grant" } >= 7)
        for token in tokens { for site in sites { try await site.isTurnedAway(token) } }
        for site in sites { try await site.gateway.stop() }
    }

    @Test func `without the database logins wait, tokens that were accepted go on, and then all is as before`()
        async throws
    {
        let server = try await PostgresServer.start()
        let sites = try await SharedDatabase(server).sites()
        let site = sites[0]
        let client = try await TestClient(site)
        let (tokens, other) = (try await client.tokens(), try await client.tokens())
        #expect(try await site.listing(tokens.access).status == 200)
        try await server.stop(.immediate)

        let unavailable = JSONValue.string("temporarily_unavailable")
        for _ in 0..<3 {
            let refused = try await client.refresh(tokens.refresh)
            #expect(refused.status == 503 && refused.json?["error"] == unavailable)
        }
        let metadata: JSONValue = ["redirect_uris": [.string(TestClient.redirectURI)]]
        for answer in [
            try await site.register(metadata), try await site.post("/device_authorization", ["client_id": client.id]),
            try await site.post("/revoke", ["token": tokens.refresh, "client_id": client.id]),
        ] {
            #expect(answer.status == 503 && answer.json?["error"] == unavailable, "\(answer)")
        }
        #expect(try await site.get("/authorize?" + client.query()).status == 503)
        #expect(try await site.get("/jwks.json").status == 200)
        #expect(try await site.get("/.well-known/oauth-authorization-server").status == 200)

        // What was accepted goes on; what was not seen before cannot be judged, which is no refusal of the token.
        for _ in 0..<3 { #expect(try await site.listing(tokens.access).status == 200) }
        #expect(try await site.listing(other.access).status == 503)
        #expect(try await site.listing(LoginSite.key(for: "bots")).status == 200)
        let (path, _) = try SharedDatabase.configuration(beside: site.gateway)
        let start = try await ProgramRun.beamline("serve", "--config", path)
        #expect(start.exitStatus == 3 && start.errorOutput.contains("state.postgresql"), "\(start)")

        try await server.resume()
        let renewed = try await Polling.wait(for: "the state") { () -> String? in
            let answer = try await client.refresh(tokens.refresh)
            return answer.status == 200 ? answer.json?["refresh_token"]?.string : nil
        }
        #expect(try await site.listing(other.access).status == 200)
        #expect(try await site.post("/revoke", ["token": renewed, "client_id": client.id]).status == 200)
        for site in sites { try await site.isTurnedAway(tokens.access) }
        for site in sites { try await site.gateway.stop() }
    }
}

import Foundation
import JSON
import PostgresServer
import TestSupport
import Testing

@Suite("beamline keys rotate")
struct KeysRotateTests {
    enum State: CaseIterable, CustomTestStringConvertible {
        case sqlite, postgresql

        var testDescription: String { self == .sqlite ? "SQLite" : "PostgreSQL" }

        /// Two gateways of one site.
        func sites() async throws -> [LoginSite] {
            guard self == .sqlite else { return try await SharedDatabase(SharedPostgresServer.server()).sites() }
            let site = try await LoginSite.start()
            let replica = try await site.replica()
            return [site, LoginSite(gateway: replica, provider: site.provider, accountKey: site.accountKey)]
        }
    }

    private func rotate(_ site: LoginSite, _ options: String...) async throws -> JSONValue {
        let run = try await ProgramRun.beamline(
            ["keys", "rotate", "--config", site.gateway.configuration, "--json"] + options
        )
        #expect(run.exitStatus == 0, "\(run)")
        return try JSONValue(parsing: run.output)
    }

    private func keys(_ site: LoginSite) async throws -> Set<String> {
        let keys = try await site.get("/jwks.json").json?["keys"]?.array ?? []
        return Set(keys.compactMap { $0["kid"]?.string })
    }

    private func key(_ token: String) throws -> String? {
        let header = token.split(separator: ".").first.map(String.init) ?? ""
        return try JSONValue(parsing: Base64URL.decode(header) ?? [])["kid"]?.string
    }

    /// The lines of a gateway's trail about changes of keys, once there are so many.
    private func trail(_ site: LoginSite, count: Int) async throws -> [JSONValue] {
        try await Polling.wait(for: "the trail") { () -> [JSONValue]? in
            let run = try await ProgramRun.beamline(
                ["audit", "search", "--config", site.gateway.configuration, "--event", "keys_rotated"]
            )
            let lines = run.output.split(separator: "\n").compactMap { try? JSONValue(parsing: String($0)) }
            return lines.count >= count ? lines : nil
        }
    }

    @Test(arguments: State.allCases)
    func `every gateway signs with the new key, and with --revoke-all nothing of before holds`(
        _ state: State
    ) async throws {
        let sites = try await state.sites()
        let client = try await TestClient(sites[0])
        let old = try await client.tokens()
        for site in sites { #expect(try await site.listing(old.access).status == 200) }
        let first = try await keys(sites[0])

        let rotated = try #require(try await rotate(sites[1], "--reason", "a laptop is gone")["key"]?.string)
        for site in sites {
            _ = try await Polling.wait(for: "the new key") { () -> Bool? in
                try await self.keys(site) == first.union([rotated]) ? true : nil
            }
        }
        // What was signed before goes on everywhere, and what is signed now counts at once everywhere.
        let fresh = try await Polling.wait(for: "a token of the new key") { () -> String? in
            let token = try await client.tokens().access
            return try self.key(token) == rotated ? token : nil
        }
        for site in sites {
            #expect(try await site.listing(old.access).status == 200)
            #expect(try await site.listing(fresh).status == 200)
        }

        let filter: JSONValue = ["toolsListChanged": true]
        let stream = try WireConnection(port: sites[0].gateway.port)
        let request = sites[0].gateway.message("subscriptions/listen", [("notifications", filter)], token: fresh)
        stream.send(request.bytes(port: sites[0].gateway.port))
        _ = try await stream.text { $0.contains("acknowledged") }
        let robot = try await sites[0].robot()
        let last = try #require(try await rotate(sites[0], "--revoke-all", "--reason", "all is lost")["key"]?.string)
        for site in sites {
            for token in [old.access, fresh, robot] { try await site.isTurnedAway(token) }
            _ = try await Polling.wait(for: "the last key") { () -> Bool? in
                try await self.keys(site) == [last] ? true : nil
            }
        }
        _ = try await stream.text { $0.hasSuffix("0\r\n\r\n") }
        #expect(try await client.refresh(old.refresh).json?["error"] == "invalid_grant")
        let again = try await Polling.wait(for: "a new login that holds") { () -> String? in
            let access = try? await client.tokens().access
            guard let access, try await sites[1].listing(access).status == 200 else { return nil }
            return access
        }
        #expect(try key(again) == last)

        for site in sites {
            let lines = try await trail(site, count: 2)
            #expect(lines.map { $0["reason"] } == ["a laptop is gone", "all is lost"])
            #expect(lines.map { $0["revoke_all"] } == ["false", "true"])
            #expect(lines.map { $0["key"]?.string } == [rotated, last])
            #expect(lines.allSatisfy { $0["by"]?.string?.isEmpty == false })
        }
        for site in sites { try await site.gateway.stop() }
        // A gateway that starts again goes by the same.
        let gateway = sites[0].gateway
        let resumed = try await GatewayProcess.start(configuration: gateway.configuration, port: gateway.port)
        let site = LoginSite(gateway: resumed, provider: sites[0].provider, accountKey: sites[0].accountKey)
        #expect(try await site.listing(again).status == 200)
        try await site.isTurnedAway(fresh)
        try await resumed.stop()
    }

    @Test func `tells which static keys go on`() async throws {
        let site = try await LoginSite.start()
        let run = try await rotate(site, "--revoke-all")
        #expect(run["static_keys"] == ["bots", "retired"])
        #expect(try await site.listing(LoginSite.key(for: "bots")).status == 200)
        try await site.gateway.stop()
    }

    @Test func `wants a reason of one line if any, and a gateway that gives out tokens`() async throws {
        let site = try await LoginSite.shared()
        for options in [["--reason", " "], ["--reason", "a\nb"]] {
            let run = try await ProgramRun.beamline(
                ["keys", "rotate", "--config", site.gateway.configuration] + options
            )
            #expect(run.exitStatus == 2, "\(run)")
        }
        var settings = SiteSettings()
        settings.identity = """
            issuers:
              lab:
                issuer: https://login.example
                audience: gateway
                jwks_url: https://login.example/keys
                groups: {claims: [groups]}
                roles: [{group: members, role: epic.user}]
            """
        let other = try await GatewayProcess.write(settings)
        let run = try await ProgramRun.beamline(
            ["keys", "rotate", "--config", other.configuration, "--reason", "x"]
        )
        #expect(run.exitStatus == 1 && run.errorOutput.contains("gives out no tokens"), "\(run)")
    }
}

extension LoginSite {
    /// A token of the service account `bots`.
    func robot() async throws -> String {
        let form = ["grant_type": "client_credentials", "client_id": "bots", "client_secret": Self.secret]
        let answer = try await post("/token", form)
        guard let token = answer.json?["access_token"]?.string else { throw SetupFailure("no token: \(answer)") }
        return token
    }
}

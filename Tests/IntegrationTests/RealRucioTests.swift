import Foundation
import JSON
import PostgresServer
import TestSupport
import Testing

/// The tools about data against a real Rucio server on a real PostgreSQL, through the gateway.
@Suite(
    "A real Rucio",
    .enabled(if: RealRucio.folder != nil, "scripts/test --real installs a Rucio server and runs this.")
)
struct RealRucioTests {
    private static let dataset = "mc23:mc23.ttbar.AOD.e1_s2_r3"

    private func with(_ body: (GatewayProcess, String, RealRucio) async throws -> Void) async throws {
        let rucio = try await RealRucio.start()
        defer { rucio.child.signal(SIGTERM) }
        var settings = SiteSettings()
        settings.furtherSources["real-rucio"] =
            "{kind: http, base_url: \"\(rucio.url)\", headers: {X-Rucio-Auth-Token: \"\(rucio.token)\"}}"
        settings.furtherBindings["atlas"] = ["rucio": "real-rucio"]
        try await GatewayProcess.with(settings) { gateway in
            try await body(gateway, gateway.token(roles: ["atlas.user"]), rucio)
        }
    }

    @Test func `data, files, copies, rules and quotas are as the server has them, and errors are ours`() async throws {
        try await with { gateway, token, rucio in
            func ask(_ tool: String, _ arguments: JSONValue) async throws -> JSONValue {
                let result = try await gateway.call("atlas_\(tool)", arguments, token: token)
                return try #require(result["structuredContent"], "\(result)")
            }
            let found = try await ask("rucio_find_dids", ["scope": "mc23", "name": "mc23.ttbar*"])
            #expect(
                found["items"]?.array?.compactMap { $0["did"]?.string } == [Self.dataset, "mc23:mc23.ttbar.all"]
            )
            let data = try await ask("rucio_did", ["did": .string(Self.dataset)])
            #expect(data["type"] == "DATASET")
            #expect(data["file_count"] == 40)
            #expect(data["size_bytes"] == 40_000_000_000)
            #expect(data["metadata"]?["campaign"] == "mc23")
            #expect(data["parents"] == ["mc23:mc23.ttbar.all"])
            #expect(data["created"]?.string?.hasSuffix("Z") == true)
            let files = try await ask("rucio_files", ["did": .string(Self.dataset), "limit": 3])
            #expect(files["total_count"] == 40)
            #expect(files["items"]?.array?.last?["did"] == "mc23:AOD.000003.pool.root")
            let rest = try await ask(
                "rucio_files",
                ["did": .string(Self.dataset), "cursor": files["next_cursor"] ?? nil]
            )
            #expect(rest["items"]?.array?.count == 37)
            let copies = try await ask("rucio_replicas", ["did": .string(Self.dataset)])
            #expect(
                copies["replicas"]?.array?.compactMap { $0["rse"]?.string }
                    == ["BNL-OSG2_DATADISK", "CERN-PROD_DATADISK"]
            )
            #expect(copies["replicas"]?.array?.allSatisfy { $0["is_complete"] == true } == true)
            let whole = try await ask("rucio_replicas", ["did": "mc23:mc23.ttbar.all"])
            #expect(whole["replicas"]?.array?.first?["available_files"] == 40)
            let file = try await ask("rucio_replicas", ["did": "mc23:AOD.000001.pool.root"])
            #expect(file["replicas"]?.array?.first?["state"] == "AVAILABLE")
            #expect(file["replicas"]?.array?.first?["urls"]?.array?.isEmpty == false)
            let rules = try await ask("rucio_rules", ["account": "alice"])
            #expect(rules["items"]?.array?.first?["rule_id"]?.string == rucio.rule)
            #expect(rules["items"]?.array?.first?["comment"]?.string?.contains("hunter2hunter2") == false)
            let rule = try await ask("rucio_rule", ["rule_id": .string(rucio.rule)])
            #expect(rule["state"] == "REPLICATING")
            #expect(
                rule["locks_by_rse"] == [["rse": "FZK-LCG2_SCRATCHDISK", "state": "REPLICATING", "files": 3]]
            )
            #expect(rule["analysis"]?.string?.contains("REPLICATING") == true)
            let space = try await ask("rucio_rse_usage", ["rse": "type=DATADISK"])
            #expect(space["items"]?.array?.first?["rse"] == "CERN-PROD_DATADISK")
            #expect(
                space["items"]?.array?.first?["usage"]?.array?.contains { $0["free_bytes"] == 600_000_000_000 } == true
            )
            let quota = try await ask("rucio_account_usage", ["account": "alice"])
            #expect(quota["total_count"] == 3)
            #expect(quota["items"]?.array?.first?["limit_bytes"] == 1_000_000_000_000)
            for (tool, arguments) in [
                ("rucio_did", ["did": "mc23:nothing"]), ("rucio_rse_usage", ["rse": "NOWHERE"]),
                ("rucio_rse_usage", ["rse": "type=NOWHERE"]), ("rucio_account_usage", ["account": "nobody"]),
                ("rucio_rule", ["rule_id": "00000000000000000000000000000000"]),
            ] as [(String, JSONValue)] {
                #expect(try await ask(tool, arguments)["error"]?["code"] == "not_found", "\(tool) \(arguments)")
            }
        }
    }
}

/// What the server tells of itself.
private struct RealRucio {
    /// The environment that scripts/rucio-server made.
    static var folder: String? { ProcessInfo.processInfo.environment["BEAMLINE_RUCIO"] }

    let child: ChildProcess
    let url: String
    let token: String
    let rule: String

    static func start() async throws -> RealRucio {
        let server = try await SharedPostgresServer.server()
        let database = try await server.makeDatabase()
        let child = try ChildProcess(
            "\(folder ?? "")/bin/python",
            [
                "\(BuiltPrograms.sourceTree)/Tests/IntegrationTests/Clients/rucio_server.py",
                "postgresql+psycopg://postgres@127.0.0.1:\(server.port)/\(database)",
                RunFolder.current.subfolder("rucio"),
            ]
        )
        let ready = try await Polling.wait(for: "Rucio", within: .seconds(300)) { () -> JSONValue? in
            guard child.isRunning else { throw SetupFailure("It ended: \(child.errorOutput)") }
            return try? JSONValue(parsing: child.output)
        }
        return RealRucio(
            child: child,
            url: try #require(ready["url"]?.string),
            token: try #require(ready["token"]?.string),
            rule: try #require(ready["rule"]?.string)
        )
    }
}

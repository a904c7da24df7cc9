import JSON
import PostgresServer
import TestSupport
import Testing

/// What one experiment's broken database or service does to its own calls and to those of the others.
@Suite("Outages")
struct OutageTests {
    private static let others: [(tool: String, arguments: JSONValue)] = [
        ("atlas_panda_study_job", ["pandaid": 6_800_730_400]), ("rubin_list_runs", ["limit": 1]),
    ]
    private static let manyCalls = "calls_per_principal: 1000, calls_per_client: 1000, calls_per_namespace: 1000"

    @Test func `a database killed under two hundred calls ends them, and comes back by itself`() async throws {
        let server = try await PostgresServer.start()
        let database = try await EPICDatabase(on: server)
        let deadline = Duration.seconds(6)
        let limits = "tool_timeout: 6s, longest_tool_timeout: 6s, source_longest_rest: 1s, \(Self.manyCalls)"
        try await GatewayProcess.with(database.settings(limits: limits)) { gateway in
            let token = try await gateway.token()
            let calls = (0..<200).map { number in
                let tool = number.isMultiple(of: 2) ? "epic_swf_list_agents" : "epic_panda_list_jobs"
                return gateway.callMessage(tool, ["limit": 5], token: token)
            }
            let (outcome, answered) = try await SteadyCaller(gateway, token: token).calling(Self.others) {
                try await database.locking("doma_panda.jobsactive4") {
                    let burst = try CallBurst(calls, to: gateway)
                    try await Polling.wait(for: "statements under way") {
                        try await database.waiting() > 0 ? () : nil
                    }
                    try await server.stop(.immediate)
                    return try await burst.outcome()
                }
            }
            #expect(outcome.oddities == [])
            #expect(Set(outcome.errors.keys).isSubset(of: ["unavailable", "timeout"]), "\(outcome.errors)")
            #expect(outcome.answers + outcome.errors.values.reduce(0, +) == calls.count)
            #expect(outcome.errors["unavailable", default: 0] > 0)
            #expect(outcome.duration < deadline + .seconds(10))
            #expect(answered > 0)

            try await server.resume()
            for tool in ["epic_panda_list_jobs", "epic_swf_list_agents"] {
                try await Polling.wait(for: "\(tool) to answer again", every: .milliseconds(100)) {
                    let result = try await gateway.call(tool, ["limit": 5], token: token)
                    return result["isError"]?.bool != true ? () : nil
                }
            }
        }
        try await server.stop(.fast)
    }

    @Test func `a service that hangs holds up nobody else, and its own calls end in time`() async throws {
        let listener = try SilentListener()
        var settings = SiteSettings()
        settings.monitorPort = listener.port
        settings.furtherLines = "limits: {tool_timeout: 2s, longest_tool_timeout: 2s, \(Self.manyCalls)}"
        try await GatewayProcess.with(settings) { gateway in
            let token = try await gateway.token()
            let call = gateway.callMessage("atlas_panda_study_job", ["pandaid": 6_800_730_400], token: token)
            let others: [(tool: String, arguments: JSONValue)] = [
                ("epic_panda_list_jobs", ["limit": 1]), ("rubin_list_runs", ["limit": 1]),
            ]
            let (outcome, answered) = try await SteadyCaller(gateway, token: token).calling(others) {
                try await CallBurst(Array(repeating: call, count: 60), to: gateway).outcome()
            }
            #expect(outcome.oddities == [])
            #expect(outcome.answers == 0)
            #expect(Set(outcome.errors.keys).isSubset(of: ["unavailable", "timeout"]), "\(outcome.errors)")
            #expect(outcome.errors["timeout", default: 0] > 0)
            #expect(outcome.duration < .seconds(120))
            #expect(answered > 2)
        }
    }

    @Test func `slow statements of one experiment leave the other its place at the same database`() async throws {
        let database = try await EPICDatabase(on: SharedPostgresServer.server())
        var settings = database.settings(limits: "tool_timeout: 3s, longest_tool_timeout: 3s, \(Self.manyCalls)")
        settings.libraries["eic"] = "libePIC.so"
        try await GatewayProcess.with(settings) { gateway in
            let token = try await gateway.token(roles: ["atlas.user", "epic.user", "eic.user", "rubin.user"])
            let slow = gateway.callMessage("epic_swf_list_logs", ["limit": 1], token: token)
            let others = Self.others + [("eic_swf_list_agents", ["limit": 1]), ("eic_panda_list_jobs", ["limit": 1])]
            // From now on the source knows that two plugins use it.
            _ = try await gateway.call("eic_swf_list_agents", ["limit": 1], token: token)
            let (outcomes, answered) = try await database.locking("swf_applog") {
                let burst = try CallBurst(Array(repeating: slow, count: 150), to: gateway)
                try await Polling.wait(for: "every place but one") { try await database.waiting() == 7 ? () : nil }
                return try await SteadyCaller(gateway, token: token).calling(others) {
                    // The second one comes when the first has timed out.
                    let first = try await burst.outcome()
                    let second = try await CallBurst(Array(repeating: slow, count: 150), to: gateway).outcome()
                    return [first, second]
                }
            }
            for outcome in outcomes {
                #expect(outcome.oddities == [])
                #expect(outcome.answers == 0)
                #expect(Set(outcome.errors.keys).isSubset(of: ["unavailable", "timeout"]), "\(outcome.errors)")
                #expect(outcome.duration < .seconds(120))
            }
            #expect(answered >= others.count)
            let after = try await gateway.call("epic_swf_list_logs", ["limit": 1], token: token)
            #expect(after["isError"]?.bool != true, "\(after)")
        }
    }

    @Test func `a disconnect takes the statement off the database`() async throws {
        let database = try await EPICDatabase(on: SharedPostgresServer.server())
        try await GatewayProcess.with(database.settings(limits: "tool_timeout: 1m")) { gateway in
            let token = try await gateway.token()
            try await database.locking("swf_applog") {
                let call = gateway.callMessage("epic_swf_list_logs", ["limit": 1], token: token)
                var connection: WireConnection? = try WireConnection(port: gateway.port)
                connection?.send(call.bytes(port: gateway.port))
                try await Polling.wait(for: "the statement") { try await database.waiting() == 1 ? () : nil }
                connection = nil
                try await database.waitForSilence()
            }
            let after = try await gateway.call("epic_swf_list_logs", ["limit": 1], token: token)
            #expect(after["isError"]?.bool != true, "\(after)")
        }
    }
}

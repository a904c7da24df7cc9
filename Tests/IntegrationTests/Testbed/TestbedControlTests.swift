import Foundation
import HTTPServer
import JSON
import MessageBroker
import PostgresServer
import SampleData
import TestSupport
import Testing

/// A testbed steered through the real program, over a real broker and a real database.
@Suite("Steering a testbed")
struct TestbedControlTests {
    private static func settings(_ broker: MessageBroker, _ database: EPICDatabase) throws -> SiteSettings {
        let folder = try RunFolder.current.subfolder("testbeds")
        try "\(MessageBroker.password)\n".write(toFile: "\(folder)/password", atomically: true, encoding: .utf8)
        try FileManager.default.createDirectory(atPath: "\(folder)/homes/ada", withIntermediateDirectories: true)
        try "[testbed]\nnamespace = \"ada-bed\"\n[parameters]\nstf_count = 3\n".write(
            toFile: "\(folder)/homes/ada/testbed.toml",
            atomically: true,
            encoding: .utf8
        )
        var settings = database.settings(limits: "source_longest_rest: 100ms, source_rest: 100ms")
        settings.furtherSources = [
            "testbed-broker":
                "{kind: stomp, host: 127.0.0.1, port: \(broker.port), user: gateway, "
                + "password: {file: \(folder)/password}, "
                + "destinations: [/queue/workflow_control, /queue/agent_control.*, /topic/epictopic]}",
            "testbeds": "{kind: file, directory: \(folder)/homes, path: \"{user}/testbed.toml\"}",
        ]
        settings.epicBindings = ["testbed_broker": "testbed-broker", "testbed_config": "testbeds"]
        return settings
    }

    private static func with(
        _ broker: MessageBroker,
        users: [(String, String)],
        _ body: (GatewayProcess, EPICDatabase, [StandInTestbed]) async throws -> Void
    ) async throws {
        let database = try await EPICDatabase(on: SharedPostgresServer.server())
        var testbeds: [StandInTestbed] = []
        for (user, namespace) in users {
            testbeds.append(
                try await StandInTestbed(user: user, namespace: namespace, broker: broker, database: database)
            )
        }
        let made = testbeds
        try await GatewayProcess.with(try settings(broker, database)) { gateway in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for testbed in made { group.addTask { await testbed.run() } }
                defer { for testbed in made { testbed.stop() } }
                try await body(gateway, database, made)
            }
        }
    }

    private static func caller(_ gateway: GatewayProcess, _ user: String) async throws -> ConsentingCaller {
        ConsentingCaller(gateway: gateway, token: try await gateway.token(roles: ["epic.user"], subject: user))
    }

    private static func error(_ result: JSONValue) -> JSONValue? { result["structuredContent"]?["error"] }

    @Test func `a workflow is started, watched and stopped, and nobody else's is touched`() async throws {
        let broker = try await SharedMessageBroker.broker()
        try await Self.with(broker, users: [("ada", "ada-bed")]) { gateway, _, testbeds in
            let ada = try await Self.caller(gateway, "ada")
            let status = try await ada.call("swf_get_testbed_status")["structuredContent"]
            #expect(status?["ready"] == true && status?["supervisor"]?["agents_running"] == true, "\(status ?? .null)")

            // Nothing begins before a person has agreed.
            let asked = try await ada.send("swf_start_workflow", [:], [])
            #expect(asked["inputRequests"]?["beamline_consent"] != nil && testbeds[0].executions == 0)

            let started = try await ada.call("swf_start_workflow", ["stf_interval": 0.5])
            let id = try #require(started["structuredContent"]?["execution_id"]?.string, "\(started)")
            #expect(id == "stf_datataking-ada-0001")
            #expect(
                started["structuredContent"]?["params"]
                    == ["stf_count": 3, "stf_interval": 0.5, "namespace": "ada-bed"]
            )
            let monitor = try await Polling.wait(for: "the run to begin") { () -> JSONValue? in
                let monitor = try await ada.call("swf_get_workflow_monitor", ["execution_id": .string(id)])
                return monitor["structuredContent"]?["phase"] == "running" ? monitor : Optional<JSONValue>.none
            }
            #expect(monitor["structuredContent"]?["status"] == "running")

            let busy = try await ada.call("swf_start_workflow")
            #expect(Self.error(busy)?["code"] == "conflict")
            #expect(Self.error(busy)?["message"]?.string?.contains("\(id) of ada runs") == true, "\(busy)")

            let bob = try await Self.caller(gateway, "bob")
            for (tool, arguments) in [
                ("swf_stop_workflow", ["execution_id": .string(id)]), ("swf_start_workflow", ["namespace": "ada-bed"]),
                ("swf_stop_user_testbed", ["username": "ada"]),
                ("swf_kill_agent", ["name": "daq_simulator-agent-ada-1"]),
            ] as [(String, JSONValue)] {
                let refused = try await bob.send(tool, arguments, [])
                #expect(Self.error(refused)?["code"] == "forbidden", "\(tool): \(refused)")
            }

            let stopped = try await ada.call("swf_stop_workflow", ["execution_id": .string(id)])
            #expect(stopped["structuredContent"]?["new_status"] == "terminated", "\(stopped)")
            #expect(testbeds[0].executions == 1)
        }
    }

    @Test func `a testbed is stopped and started, and its manager's word counts`() async throws {
        let broker = try await SharedMessageBroker.broker()
        try await Self.with(broker, users: [("cleo", "cleo-bed")]) { gateway, _, _ in
            let cleo = try await Self.caller(gateway, "cleo")
            let killed = try await cleo.call("swf_kill_agent", ["name": "daq_simulator-agent-cleo-1"])
            #expect(killed["structuredContent"]?["killed"] == true, "\(killed)")
            let stopped = try await cleo.call("swf_stop_user_testbed")
            #expect(stopped["structuredContent"]?["agents_running"] == false, "\(stopped)")
            // Its agents beat in the records still, so a start is refused.
            let refused = try await cleo.call("swf_start_user_testbed")
            #expect(Self.error(refused)?["code"] == "conflict", "\(refused)")
            let status = try await cleo.call("swf_get_testbed_status")["structuredContent"]
            #expect(status?["supervisor"]?["agents_running"] == false)
        }
    }

    @Test func `what changes records goes through the monitor, with the site's token and in the caller's name`()
        async throws
    {
        let database = try await EPICDatabase(on: SharedPostgresServer.server())
        let monitor = try await Listener.bind(ListenerConfiguration(), handler: StandInMonitor(database: database))
        var settings = database.settings(limits: "tool_timeout: 30s")
        settings.furtherSources["testbed-api"] =
            "{kind: http, base_url: \"http://127.0.0.1:\(monitor.port)/monitor\", methods: [POST, PATCH], "
            + "headers: {authorization: \(StandInMonitor.token)}}"
        settings.epicBindings["testbed_api"] = "testbed-api"
        try await GatewayProcess.with(settings) { gateway in
            let eve = try await Self.caller(gateway, "eve")
            let said: JSONValue = ["session_id": "s1", "role": "user", "content": "Why is it \"so\"?"]
            let recorded = try await eve.call("swf_record_ai_memory", said)
            #expect(recorded["structuredContent"]?["username"] == "eve", "\(recorded)")
            let memory = try await eve.call("swf_get_ai_memory")["structuredContent"]
            #expect(memory?["items"]?.array?.map { $0["content"]?.string } == ["Why is it \"so\"?"])
            let boss = ConsentingCaller(
                gateway: gateway,
                token: try await gateway.token(roles: ["epic.operator"], subject: "boss")
            )
            let refused = try await eve.call("swf_end_execution", ["execution_id": .string(Self.running)])
            #expect(Self.error(refused)?["code"] == "forbidden", "\(refused)")
            let ended = try await boss.call("swf_end_execution", ["execution_id": .string(Self.running)])
            #expect(ended["structuredContent"]?["new_status"] == "terminated", "\(ended)")
            let away = try await boss.call("swf_send_message", ["message": "x", "message_type": "test"])
            #expect(Self.error(away)?["code"] == "unavailable", "\(away)")
        }
        await monitor.shutdown()
    }

    private static let running = EdgeCases.runningExecution

    @Test func `of two testbeds that start and stop at the same time none loses a command`() async throws {
        let broker = try await MessageBroker.start()
        let users = [("ada", "ada-bed"), ("dan", "dan-bed")]
        try await Self.with(broker, users: users) { gateway, _, testbeds in
            let callers = [try await Self.caller(gateway, "ada"), try await Self.caller(gateway, "dan")]
            for round in 1...3 {
                let ids = try await withThrowingTaskGroup(of: (Int, String).self) { group in
                    for (index, caller) in callers.enumerated() {
                        group.addTask {
                            let result = try await caller.call("swf_start_workflow")
                            return (
                                index, try #require(result["structuredContent"]?["execution_id"]?.string, "\(result)")
                            )
                        }
                    }
                    return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
                }
                #expect(ids == [0: "stf_datataking-ada-000\(round)", 1: "stf_datataking-dan-000\(round)"])
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for (index, caller) in callers.enumerated() {
                        group.addTask {
                            let result = try await caller.call(
                                "swf_stop_workflow",
                                ["execution_id": .string(ids[index] ?? "")]
                            )
                            #expect(result["structuredContent"]?["new_status"] == "terminated", "\(result)")
                        }
                    }
                    try await group.waitForAll()
                }
            }
            #expect(testbeds.map(\.executions) == [3, 3])
        }
        try await broker.kill()
    }

    @Test func `a broker that is killed is said to be away, and a workflow is stopped once it is back`() async throws {
        let broker = try await MessageBroker.start()
        try await Self.with(broker, users: [("ada", "ada-bed")]) { gateway, _, testbeds in
            let ada = try await Self.caller(gateway, "ada")
            let started = try await ada.call("swf_start_workflow")
            let id = try #require(started["structuredContent"]?["execution_id"]?.string, "\(started)")
            try await broker.kill()
            let message = try await ada.call("swf_send_message", ["message": "Is anybody there?"])
            #expect(Self.error(message)?["code"] == "unavailable", "\(message)")
            let lost = try await ada.call("swf_stop_workflow", ["execution_id": .string(id)])
            #expect(Self.error(lost)?["code"] == "unavailable", "\(lost)")
            let status = try await ada.call("swf_get_testbed_status")["structuredContent"]
            #expect(status?["supervisor"] == ["answered": false])

            try await broker.resume()
            try await Polling.wait(for: "the workflow to stop") {
                let stopped = try await ada.call("swf_stop_workflow", ["execution_id": .string(id)])
                return stopped["structuredContent"]?["new_status"] == "terminated" ? () : nil
            }
            let said = try await ada.call("swf_send_message", ["message": "We are back.", "metadata": ["a": 1]])
            #expect(said["structuredContent"]?["sender"] == "ada-personal-agent", "\(said)")
            #expect(testbeds[0].executions == 1)
        }
        try await broker.kill()
    }
}

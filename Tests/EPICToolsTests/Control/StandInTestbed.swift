import EPICTools
import JSON
import PluginKit
import PluginTesting
import Synchronization

/// A testbed of nothing but answers: its tables, its broker, its monitor and its users' files.
///
/// What a message does is up to each test.
final class StandInTestbed: Sendable {
    struct Agent {
        var name: String
        var type: String
        var namespace: String?
        var status = "OK"
        var state = "READY"
        /// How long ago it beat.
        var silence = 10
        var pid: Int?
    }

    struct Execution {
        var id: String
        var status = "running"
        var namespace: String?
        var user = "ada"
    }

    struct State {
        var owners: [String: String] = ["east": "ada", "west": "bob"]
        var agents: [Agent] = [
            Agent(name: "agent-manager-ada", type: "agent_manager", namespace: "east"),
            Agent(name: "agent-manager-bob", type: "agent_manager", namespace: "west"),
            Agent(name: "daq_simulator-agent-ada-1", type: "DAQ_Simulator", namespace: "east", pid: 4711),
            Agent(name: "daq_simulator-agent-bob-2", type: "DAQ_Simulator", namespace: "west", pid: 4712),
        ]
        var executions: [Execution] = [Execution(id: "old-1", status: "completed", namespace: "east")]
        /// The supervisor's table of each user.
        var programs: [String: String] = [:]
        /// The text of the caller's testbed.toml.
        var file: String?
        var brokerFailure: ToolError?
        var monitorStatus = 200
    }

    private let state: Mutex<State>
    private let react: @Sendable (SourcesInMemory.Sent, inout State) -> Void

    init(
        _ change: (inout State) -> Void = { _ in },
        react: @escaping @Sendable (SourcesInMemory.Sent, inout State) -> Void = { _, _ in }
    ) {
        var state = State()
        change(&state)
        self.state = Mutex(state)
        self.react = react
    }

    var now: State { state.withLock { $0 } }

    func change(_ change: (inout State) -> Void) {
        state.withLock { change(&$0) }
    }

    /// The host as a tool sees it.
    var host: SourcesInMemory { host(send: { [self] sent throws(ToolError) in try take(sent) }) }

    /// The host with a broker of the test's own.
    func host(send: @escaping @Sendable (SourcesInMemory.Sent) throws(ToolError) -> Void) -> SourcesInMemory {
        SourcesInMemory(
            query: { [self] query throws(ToolError) in table(query) },
            request: { [self] request throws(ToolError) in monitor(request) },
            send: send,
            exchange: { [self] sent throws(ToolError) in try answer(sent) },
            read: { [self] _ throws(ToolError) in now.file }
        )
    }

    /// The host with a broker that does something else before it has taken the first message.
    func hostThatWaits(_ meanwhile: @escaping @Sendable () async -> Void) -> WaitingHost {
        WaitingHost(host: host, meanwhile: meanwhile)
    }

    private func take(_ sent: SourcesInMemory.Sent) throws(ToolError) {
        if let failure = now.brokerFailure { throw failure }
        state.withLock { react(sent, &$0) }
    }

    private func answer(_ sent: SourcesInMemory.Sent) throws(ToolError) -> SourcesInMemory.Answer {
        if let failure = now.brokerFailure { throw failure }
        let user = sent.destination.split(separator: ".").last.map(String.init) ?? ""
        guard let table = now.programs[user] else { throw ToolError(.timeout, "no answer") }
        return .json([
            "username": .string(user), "agents_running": .bool(table.contains("RUNNING")),
            "supervisord_status": .string(table), "timestamp": "2026-11-21T01:16:56.083673",
        ])
    }

    private func monitor(_ request: SourcesInMemory.Request) -> SourcesInMemory.Answer {
        state.withLock { state in
            guard state.monitorStatus == 200 else { return .json([:], status: state.monitorStatus) }
            if request.method == "PATCH" {
                let id = request.path.split(separator: "/").last.map(String.init) ?? ""
                for index in state.executions.indices where state.executions[index].id == id {
                    state.executions[index].status = request.body?["status"]?.string ?? ""
                }
            }
            return .json(["success": true, "id": 17])
        }
    }

    // MARK: - Tables

    private func table(_ query: SourcesInMemory.Query) -> SourcesInMemory.Table {
        let (state, sql, first) = (now, query.sql, query.parameters.first?.string ?? "")
        if sql.contains("FROM swf_namespace n") {
            let rows = state.owners[first].map { [[JSONValue.string(first), .string($0), .null]] } ?? []
            return .init(["name", "owner", "description"], rows)
        }
        if sql.contains("COUNT(*) AS n FROM swf_systemagent") {
            return .init(["n"], [[.integer(state.agents.count { $0.type == "DAQ_Simulator" })]])
        }
        if sql.contains("COUNT(*) AS n FROM swf_workflow_executions") {
            let running = state.executions.count { $0.status == "running" && $0.namespace == first }
            return .init(["n"], [[.integer(running)]])
        }
        if sql.contains("e.execution_id = $1") {
            return Self.executions(state.executions.filter { $0.id == first })
        }
        if sql.contains("FROM swf_workflow_executions e WHERE e.namespace = $1") {
            return Self.executions(state.executions.filter { $0.namespace == first })
        }
        if sql.contains("a.instance_name = $2") {
            let name = query.parameters.last?.string
            return Self.details(state.agents.filter { $0.name == name })
        }
        if sql.contains("a.instance_name = $1") { return Self.agents(state.agents.filter { $0.name == first }) }
        if sql.contains("a.agent_type IN") {
            return Self.agents(state.agents.filter { $0.namespace == first && $0.type == "DAQ_Simulator" })
        }
        return Self.agents(state.agents.filter { $0.namespace == first && $0.type != "agent_manager" })
    }

    private static func executions(_ executions: [Execution]) -> SourcesInMemory.Table {
        .init(
            ["execution_id", "status", "namespace", "executed_by", "start_time", "end_time"],
            executions.map { execution in
                [
                    .string(execution.id), .string(execution.status),
                    execution.namespace.map(JSONValue.string) ?? .null, .string(execution.user),
                    "2026-11-21T04:00:00Z", execution.status == "running" ? .null : "2026-11-21T04:30:00Z",
                ]
            }
        )
    }

    private static func beat(_ agent: Agent) -> JSONValue {
        .string(SampleSite.now.adding(seconds: -agent.silence).description)
    }

    private static func agents(_ agents: [Agent]) -> SourcesInMemory.Table {
        .init(
            ["instance_name", "agent_type", "namespace", "operational_state", "status", "last_heartbeat"],
            agents.map {
                [
                    .string($0.name), .string($0.type), $0.namespace.map(JSONValue.string) ?? .null,
                    .string($0.state), .string($0.status), beat($0),
                ]
            }
        )
    }

    private static func details(_ agents: [Agent]) -> SourcesInMemory.Table {
        .init(
            [
                "name", "agent_type", "status", "reported_status", "operational_state", "namespace", "last_heartbeat",
                "pid", "hostname",
            ],
            agents.map {
                [
                    .string($0.name), .string($0.type), .string($0.status), .string($0.status), .string($0.state),
                    $0.namespace.map(JSONValue.string) ?? .null, beat($0), $0.pid.map(JSONValue.integer) ?? .null, "h1",
                ]
            }
        )
    }
}

/// A host that does something else before it takes a message.
struct WaitingHost: HostCalling {
    let host: SourcesInMemory
    let meanwhile: @Sendable () async -> Void

    func invoke(_ operation: String, body: [UInt8]) async -> HostReply {
        if operation == "source.send" { await meanwhile() }
        return await host.invoke(operation, body: body)
    }

    func progress(done: Double, total: Double?, note: String) {}

    func log(_ level: LogLevel, _ message: String) {}
}

/// Whoever calls in these tests.
enum TestbedCaller {
    static func user(_ name: String?, roles: Set<String> = ["user"]) -> Caller {
        Caller(
            issuer: "https://id.example.org",
            subject: "17",
            username: name,
            roles: roles,
            scopes: ["read", "write"]
        )
    }

    static let ada = user("ada")
    static let bob = user("bob")
    static let op = user("olga", roles: ["operator"])
}

extension StandInTestbed {
    /// Calls a tool without waiting between looks.
    func call(
        _ tool: String,
        _ arguments: JSONValue = [:],
        by caller: Caller = TestbedCaller.ada,
        on host: SourcesInMemory? = nil
    ) async throws -> JSONValue {
        try await EPICToolsTests.call(tool, arguments, on: host ?? self.host, caller: caller, pace: Self.pace)
    }

    /// Why a tool could not do it.
    func refusal(
        _ tool: String,
        _ arguments: JSONValue = [:],
        by caller: Caller = TestbedCaller.ada,
        on host: SourcesInMemory? = nil
    ) async -> ToolError? {
        do {
            _ = try await call(tool, arguments, by: caller, on: host)
            return nil
        } catch {
            guard case .tool(let error) = error as? CallHarness.Failure else { return nil }
            return error
        }
    }

    static let pace = ControlPace(attempts: 3, looks: 2, interval: .seconds(1)) { _ in }
}

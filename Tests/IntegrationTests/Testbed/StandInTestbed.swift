import Foundation
import JSON
import MessageBroker
import PostgresServer
import Synchronization
import TestSupport

/// The programs of a user's testbed, as far as steering it goes: an agent manager and a workflow runner.
///
/// They speak the messages of the real ones over a real broker, and write what the real ones have written into a real
/// database. One loop each reads its queue until `stop`.
final class StandInTestbed: Sendable {
    private struct State {
        var areAgentsRunning = true
        var isProcessing = false
        var count = 0
        var agents: [BrokerAgent] = []
        var isStopped = false
    }

    let user: String
    let namespace: String
    private let broker: MessageBroker
    private let database: EPICDatabase
    private let state = Mutex(State())

    init(user: String, namespace: String, broker: MessageBroker, database: EPICDatabase) async throws {
        self.user = user
        self.namespace = namespace
        self.broker = broker
        self.database = database
        _ = try await database.server.sql(
            """
            INSERT INTO swf_namespace (name, owner, description, created_at, updated_at)
            VALUES ('\(namespace)', '\(user)', '', now(), now());
            INSERT INTO swf_systemagent (id, instance_name, agent_type, description, status, last_heartbeat,
                workflow_enabled, current_stf_count, total_stf_processed, pid, hostname, operational_state, namespace,
                created_at, updated_at)
            SELECT (SELECT max(id) FROM swf_systemagent) + row_number() OVER (), name, type, '', 'OK', now(), true, 0, 0, pid, 'h1', 'READY', '\(namespace)', now(), now()
            FROM (VALUES ('agent-manager-\(user)', 'agent_manager', 100),
                ('daq_simulator-agent-\(user)-1', 'DAQ_Simulator', 27770)) AS agents (name, type, pid)
            """,
            database: database.name
        )
    }

    /// How many executions there were.
    var executions: Int { state.withLock { $0.count } }

    func stop() {
        let agents = state.withLock { state in
            state.isStopped = true
            return state.agents
        }
        for agent in agents { agent.disconnect() }
    }

    /// Reads commands to the runner, and to the manager, over as many connections as it takes.
    func run() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.read("/queue/workflow_control") { try await self.command($1, by: $0) } }
            group.addTask {
                await self.read("/queue/agent_control.\(self.user)") { agent, body in self.manage(body, by: agent) }
            }
        }
    }

    private func read(
        _ queue: String,
        _ handle: @escaping @Sendable (BrokerAgent, JSONValue) async throws -> Void
    ) async {
        while !state.withLock({ $0.isStopped }) {
            // A broker that is away is tried until it is back.
            guard
                let agent = try? await Polling.wait(
                    for: "the broker",
                    { () -> BrokerAgent? in
                        if self.state.withLock({ $0.isStopped }) { throw CancellationError() }
                        return try? await BrokerAgent.connect(to: self.broker)
                    }
                )
            else { return }
            let isStopped = state.withLock { state in
                state.agents.append(agent)
                return state.isStopped
            }
            guard !isStopped, (try? await agent.subscribe(to: queue)) != nil else { continue }
            while let message = try? await agent.message() {
                guard let body = try? JSONValue(parsing: Array(message.body.utf8)) else { continue }
                try? await handle(agent, body)
            }
        }
    }

    // MARK: - The runner

    private func command(_ body: JSONValue, by agent: BrokerAgent) async throws {
        // As the real one: what is another testbed's is gone once it was read.
        guard body["namespace"]?.string == namespace else { return }
        switch body["msg_type"] {
        case "run_workflow": try await begin(body, by: agent)
        case "stop_workflow": try await end(body["execution_id"]?.string ?? "")
        default: break
        }
    }

    private func begin(_ body: JSONValue, by agent: BrokerAgent) async throws {
        let number: Int? = state.withLock { state in
            guard !state.isProcessing else { return nil }
            state.isProcessing = true
            state.count += 1
            return state.count
        }
        guard let number else { return }
        let workflow = body["workflow_name"]?.string ?? ""
        let id = "\(workflow)-\(user)-\(String(repeating: "0", count: 3))\(number)"
        let parameters = String(decoding: body.serialized, as: UTF8.self)
        _ = try await database.server.sql(
            """
            INSERT INTO swf_workflow_executions (execution_id, namespace, parameter_values, status, start_time,
                executed_by, workflow_definition_id)
            SELECT '\(id)', '\(namespace)', $json$\(parameters)$json$, 'running', now(), '\(user)', min(id)
            FROM swf_workflow_definitions
            """,
            database: database.name
        )
        for type in ["run_imminent", "start_run"] { try await publish(type, id, by: agent) }
    }

    private func end(_ id: String) async throws {
        _ = try await database.server.sql(
            """
            UPDATE swf_workflow_executions SET status = 'terminated', end_time = now()
            WHERE execution_id = '\(id)' AND status = 'running'
            """,
            database: database.name
        )
        state.withLock { $0.isProcessing = false }
    }

    /// Says what happens, and keeps it as the recorder of the topic would.
    private func publish(_ type: String, _ id: String, by agent: BrokerAgent) async throws {
        let body = """
            {"msg_type":"\(type)","run_id":"100010","sender":"daq_simulator-agent-\(user)-1","namespace":"\(namespace)",\
            "execution_id":"\(id)","timestamp":"2026-11-21T01:13:47.771525"}
            """
        agent.send(to: "/topic/epictopic", ["content-type": "application/json"], body)
        _ = try await database.server.sql(
            """
            INSERT INTO swf_workflow_messages (message_id, message_type, sender_agent, namespace, execution_id, run_id,
                message_content, sent_at)
            VALUES (gen_random_uuid(), '\(type)', 'daq_simulator-agent-\(user)-1', '\(namespace)', '\(id)', '100010',
                '\(body)', now())
            """,
            database: database.name
        )
    }

    // MARK: - The manager

    private func manage(_ body: JSONValue, by agent: BrokerAgent) {
        switch body["command"] {
        case "start_testbed": state.withLock { $0.areAgentsRunning = true }
        case "stop_testbed": state.withLock { $0.areAgentsRunning = false }
        case "kill_agent": state.withLock { $0.areAgentsRunning = false }
        case "status": answer(body, by: agent)
        default: break
        }
    }

    private func answer(_ body: JSONValue, by agent: BrokerAgent) {
        guard let queue = body["reply_to"]?.string else { return }
        let isRunning = state.withLock { $0.areAgentsRunning }
        let line = isRunning ? "RUNNING   pid 27770, uptime 0:00:14" : "STOPPED   Not started"
        let reply: JSONValue = [
            "username": .string(user), "agents_running": .bool(isRunning),
            "supervisord_status": .string("workflow-runner                  \(line)\n"),
            "timestamp": "2026-11-21T01:16:56.083673",
        ]
        agent.send(to: queue, [:], String(decoding: reply.serialized, as: UTF8.self))
    }
}

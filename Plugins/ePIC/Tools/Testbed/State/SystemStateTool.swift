import JSON
import PanDAKit
import PluginKit

/// Sums up how the testbeds are, and one user's in particular.
struct SystemStateTool: Tool {
    struct Input: Decodable, Sendable {
        let username: String?
    }

    private static let states = 5
    private static let events = 10

    static let description = ToolDescription(
        name: "swf_get_system_state",
        title: "State of the system",
        summary: """
            How the testbed is now: a user's agent manager, runner and last execution; everybody's agents and \
            executions counted; newest runs. First for "is everything all right?". One testbed: \
            swf_get_testbed_status.
            """,
        input: .object([TestbedUser.argument]),
        output: .object([
            .required("timestamp", .time("When it was so.")),
            .required("user_context", .anyObject("username, namespace, and what testbed.toml says.")),
            .required("agent_manager", .object(AgentManager.properties)),
            .required("workflow_runner", .anyObject("status (missing, unhealthy, healthy), name, last_heartbeat.")),
            .required("ready_to_run", .boolean("The runner is healthy and no workflow runs in the namespace.")),
            .optional("last_execution", .anyObject("The newest of the namespace.")),
            .required("errors_last_hour", .integer("Errors logged by the namespace's agents.")),
            .required("agents", .dictionary(of: .integer(), "total, active, exited, healthy, unhealthy.")),
            .required("executions", .dictionary(of: .integer(), "running, completed_last_hour.")),
            .required("messages_last_10min", .integer()),
            .required("run_states", .array(of: StateStatements.runState.schema(), "The newest runs.")),
            .required("persistent_state", .dictionary(of: .integer(), "The counters the testbeds share.")),
            .required("recent_events", .array(of: StateStatements.event.schema())),
        ])
    )

    func call(_ input: Input, in context: CallContext) async throws(ToolError) -> Record {
        let user = try TestbedUser(input.username, caller: context.caller)
        let state = StateReading(context: context)
        let manager = try await state.manager(of: user)
        let own = user.name == context.caller.username ? await UserContext.read(in: context) : UserContext()
        let namespace = own.settings.namespace ?? manager.namespace
        var answer = Record()
        answer["timestamp"] = .string(context.now.description)
        var about = JSONObject()
        about["username"] = .string(user.name)
        about["namespace"] = namespace.map(JSONValue.string)
        own.add(to: &about)
        answer["user_context"] = .object(about)
        answer["agent_manager"] = manager.document
        try await addNamespace(namespace, to: &answer, state)
        try await addEverybody(to: &answer, state)
        return answer
    }

    private func addNamespace(
        _ namespace: String?,
        to answer: inout Record,
        _ state: StateReading
    ) async throws(ToolError) {
        var runner: JSONValue = ["status": "missing"]
        var isHealthy = false
        var running = 0
        var errors = 0
        if let namespace {
            if let row = try await state.rows(StateStatements.runner(in: namespace), 1).first {
                let agent = AgentManager(row, now: state.context.now)
                isHealthy = agent.health == .healthy
                var found = JSONObject()
                found["status"] = isHealthy ? "healthy" : "unhealthy"
                found["name"] = row.cleaned("instance_name").map(JSONValue.string)
                found["last_heartbeat"] = agent.lastHeartbeat.map { .string($0.description) }
                runner = .object(found)
            }
            running = try await state.count(StateStatements.runningExecutions(in: namespace))
            let hour = state.context.now.adding(seconds: -3600)
            errors = try await state.count(StateStatements.errors(in: namespace, since: hour))
            answer["last_execution"] = try await state.records(
                StateStatements.lastExecution(in: namespace),
                Self.execution,
                limit: 1
            )
            .first.map { .object($0.members) }
        }
        answer["workflow_runner"] = runner
        answer["ready_to_run"] = .bool(isHealthy && running == 0)
        answer["errors_last_hour"] = .integer(errors)
    }

    private static let execution = RecordShape(
        .text("execution_id", "e.execution_id").required,
        .text("status", "e.status"),
        .time("start_time", "e.start_time"),
        .time("end_time", "e.end_time")
    )

    private func addEverybody(to answer: inout Record, _ state: StateReading) async throws(ToolError) {
        let now = state.context.now
        var agents = (total: 0, exited: 0, healthy: 0)
        for row in try await state.rows(StateStatements.agentCounts(now: now), 100) {
            let count = row.integer("n") ?? 0
            agents.total += count
            if row.text("status") == "EXITED" { agents.exited += count }
            if row.text("status") == "OK", row.integer("is_fresh") == 1 { agents.healthy += count }
        }
        let active = agents.total - agents.exited
        answer["agents"] = [
            "total": .integer(agents.total), "active": .integer(active), "exited": .integer(agents.exited),
            "healthy": .integer(agents.healthy), "unhealthy": .integer(active - agents.healthy),
        ]
        let completed = StateStatements.completedExecutions(since: now.adding(seconds: -3600))
        answer["executions"] = [
            "running": .integer(try await state.count(StateStatements.runningExecutions)),
            "completed_last_hour": .integer(try await state.count(completed)),
        ]
        let messages = StateStatements.messages(since: now.adding(seconds: -600))
        answer["messages_last_10min"] = .integer(try await state.count(messages))
        let states = StateStatements.runStates(limit: Self.states)
        answer["run_states"] = .array(
            try await state.records(states, StateStatements.runState, limit: Self.states).map { .object($0.members) }
        )
        answer["persistent_state"] = .object(try await counters(state))
        let events = StateStatements.events(limit: Self.events)
        answer["recent_events"] = .array(
            try await state.records(events, StateStatements.event, limit: Self.events).map { .object($0.members) }
        )
    }

    /// The numbers of the shared document; what else is in it is nobody's business.
    private func counters(_ state: StateReading) async throws(ToolError) -> JSONObject {
        let document = try await state.rows(StateStatements.persistentState, 1).first?.document("state_data")
        var counters = JSONObject()
        let members = (document?.object?.members ?? []).sorted { $0.name < $1.name }
        for member in members where member.value.integer != nil {
            counters[UntrustedText.cleaned(member.name, limit: 128)] = member.value
        }
        return counters
    }
}

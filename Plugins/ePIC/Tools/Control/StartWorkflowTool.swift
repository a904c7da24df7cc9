import JSON
import PanDAKit
import PluginKit

/// Starts a workflow, and tells which execution that became.
struct StartWorkflowTool: Tool {
    struct Input: Decodable, Sendable {
        let workflow_name: String?
        let namespace: String?
        let config: String?
        let realtime: Bool?
        let duration: Int?
        let stf_count: Int?
        let physics_period_count: Int?
        let physics_period_duration: Double?
        let stf_interval: Double?
    }

    struct Output: Encodable, Sendable {
        let success = true
        let execution_id: String
        let status: String
        let workflow_name: String
        let namespace: String
        let config: String
        let realtime: Bool
        let params: JSONValue
        let note: String
        let monitor_urls: [Link]
    }

    private static let longest = 7 * 86_400

    static let description = ToolDescription(
        name: "swf_start_workflow",
        title: "Start a workflow",
        summary: """
            Starts a workflow in your testbed and answers with its execution_id, or says who is busy. What is not \
            given comes from your testbed.toml. Then: swf_get_workflow_monitor.
            """,
        input: .object([
            .filter("workflow_name"), .filter("namespace"), .filter("config"),
            .optional("realtime", .boolean()),
            .optional("duration", .integer("Seconds; 0 without end.", minimum: 0, maximum: longest, default: 0)),
            .optional("stf_count", .integer(minimum: 1, maximum: 1_000_000)),
            .optional("physics_period_count", .integer(minimum: 1, maximum: 100_000)),
            .optional("physics_period_duration", .number("Seconds.")),
            .optional("stf_interval", .number("Seconds.")),
        ]),
        output: .object([
            .required("execution_id", .string()), .required("status", .string()), .required("namespace", .string()),
            .required("success", .boolean()), .required("workflow_name", .string()),
            .required("config", .string()), .required("realtime", .boolean()),
            .required("params", .anyObject()), .required("note", .string()),
            .required("monitor_urls", .array(of: .link)),
        ]),
        effect: .destroys(isIdempotent: false),
        timeoutMilliseconds: 45_000
    )

    let pages: TestbedPages
    let pace: ControlPace
    private let starts = StartsUnderWay()

    init(pages: TestbedPages, pace: ControlPace) {
        self.pages = pages
        self.pace = pace
    }

    /// What is to be started, of arguments, file and habit.
    struct Plan: Sendable {
        let namespace: String
        let workflow: String
        let config: String
        let isRealtime: Bool
        let duration: Int
        let parameters: JSONObject

        func command(at time: Timestamp) -> JSONObject {
            var body = JSONObject()
            body["msg_type"] = "run_workflow"
            body["namespace"] = .string(namespace)
            body["workflow_name"] = .string(workflow)
            body["config"] = .string(config)
            body["realtime"] = .bool(isRealtime)
            body["duration"] = .integer(duration)
            body["params"] = .object(parameters)
            body["timestamp"] = .string(time.agentText)
            body["source"] = "mcp"
            return body
        }
    }

    func call(_ input: Input, in context: CallContext) async throws(ToolError) -> Output {
        let plan = try await Self.plan(input, in: context)
        try await ControlRights(context: context).check(namespace: plan.namespace)
        return try await starts.only(in: plan.namespace) { () async throws(ToolError) in
            try await start(plan, in: context)
        }
    }

    private func start(_ plan: Plan, in context: CallContext) async throws(ToolError) -> Output {
        let state = StateReading(context: context)
        try await Self.checkRunner(of: plan.namespace, state)
        let before = try await state.executions(in: plan.namespace)
        try Self.checkIdle(before, plan.namespace)
        let known = Set(before.compactMap { $0.text("execution_id") })
        let broker = TestbedBroker(context: context)
        let lifetime = pace.lifetimeSeconds
        let copies = try await state.count(ControlStatements.liveRunners(now: context.now))
        let outcome = try await pace.follow(copies: copies) { () async throws(ToolError) in
            try await broker.send(plan.command(at: context.now), to: TestbedBroker.workflowQueue, lifetime: lifetime)
        } look: { () async throws(ToolError) in
            try await state.executions(in: plan.namespace).first { !known.contains($0.text("execution_id") ?? "") }
        }
        guard let row = outcome.effect, let id = row.cleaned("execution_id") else {
            throw try await Self.notStarted(plan.namespace, outcome.sent, outcome.failure, state)
        }
        return Output(
            execution_id: id,
            status: row.cleaned("status") ?? "running",
            workflow_name: plan.workflow,
            namespace: plan.namespace,
            config: plan.config,
            realtime: plan.isRealtime,
            params: .object(plan.parameters),
            note: "Follow it with swf_get_workflow_monitor and this execution_id.",
            monitor_urls: [pages.page("Execution", "/workflow-executions/", of: id)]
        )
    }

    // MARK: - What to start

    static func plan(_ input: Input, in context: CallContext) async throws(ToolError) -> Plan {
        try ControlName.check(input.workflow_name, "workflow_name")
        try ControlName.check(input.config, "config")
        for (value, name) in [
            (input.physics_period_duration, "physics_period_duration"), (input.stf_interval, "stf_interval"),
        ] {
            guard let value else { continue }
            guard value > 0, value <= Double(longest) else {
                throw ToolError(.invalidArgument, "\(name): must be more than 0 and at most \(longest) seconds.")
            }
        }
        let settings = try await TestbedSettings.read(in: context)
        try ControlName.check(settings.workflow, "workflow.name in your testbed.toml")
        try ControlName.check(settings.config, "workflow.config in your testbed.toml")
        let namespace = try await namespace(input, settings, context)
        var parameters = settings.parameters
        if let count = input.stf_count { parameters["stf_count"] = .integer(count) }
        if let count = input.physics_period_count { parameters["physics_period_count"] = .integer(count) }
        if let time = input.physics_period_duration { parameters["physics_period_duration"] = .double(time) }
        if let time = input.stf_interval { parameters["stf_interval"] = .double(time) }
        parameters["namespace"] = .string(namespace)
        return Plan(
            namespace: namespace,
            workflow: input.workflow_name.given ?? settings.workflow ?? "stf_datataking",
            config: input.config.given ?? settings.config ?? "fast_processing_default",
            isRealtime: input.realtime ?? settings.isRealtime ?? true,
            duration: input.duration ?? 0,
            parameters: parameters
        )
    }

    /// Never anybody else's testbed: without one of its own there is nothing to start in.
    private static func namespace(
        _ input: Input,
        _ settings: TestbedSettings,
        _ context: CallContext
    ) async throws(ToolError) -> String {
        if let namespace = input.namespace.given ?? settings.namespace { return namespace }
        let user = try ControlRights(context: context).user()
        if let namespace = try await StateReading(context: context).manager(of: user).namespace { return namespace }
        throw ToolError(
            .invalidArgument,
            "namespace: is needed, for neither your testbed.toml nor an agent manager of yours names one."
        )
    }

    // MARK: - What keeps it from starting

    private static func checkRunner(of namespace: String, _ state: StateReading) async throws(ToolError) {
        guard let row = try await state.rows(StateStatements.runner(in: namespace), 1).first else {
            throw noRunner("There is no workflow runner in this namespace")
        }
        let runner = AgentManager(row, now: state.context.now)
        guard runner.isAlive else {
            throw noRunner("The workflow runner of this namespace is \(runner.health)")
        }
    }

    private static func noRunner(_ what: String) -> ToolError {
        ToolError(
            .conflict,
            "\(what), so nothing was started.",
            hint: "swf_start_user_testbed starts the agents of a testbed; swf_get_testbed_status tells how it is."
        )
    }

    private static func checkIdle(_ executions: Rows, _ namespace: String) throws(ToolError) {
        guard let running = executions.first(where: { $0.text("status") == "running" }) else { return }
        throw busy(with: running, "nothing was started")
    }

    private static func busy(with row: Row, _ consequence: String) -> ToolError {
        let id = row.cleaned("execution_id") ?? "?"
        let user = row.cleaned("executed_by") ?? "somebody"
        let since = row.time("start_time").map { " since \($0)" } ?? ""
        return ToolError(
            .conflict,
            "The runner is busy: \(id) of \(user) runs\(since), so \(consequence).",
            hint: "Wait for it with swf_get_workflow_monitor, or stop it with swf_stop_workflow."
        )
    }

    private static func notStarted(
        _ namespace: String,
        _ sent: Int,
        _ failure: ToolError?,
        _ state: StateReading
    ) async throws(ToolError) -> ToolError {
        if let running = try await state.executions(in: namespace).first(where: { $0.text("status") == "running" }) {
            return busy(with: running, "the command was not taken")
        }
        let times = sent == 1 ? "once" : "\(sent) times"
        guard failure == nil else {
            return ToolError(
                .unavailable,
                "The command was sent \(times), then the broker was lost; nothing has started so far.",
                hint: "Look with swf_list_workflow_executions before you try again."
            )
        }
        return ToolError(
            .timeout,
            "The command was sent \(times) and no runner of this namespace took it; it lapses by itself.",
            hint: "swf_get_testbed_status tells how the testbed is, swf_list_logs what its runner says."
        )
    }
}

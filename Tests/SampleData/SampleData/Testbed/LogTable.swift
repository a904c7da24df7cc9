internal import JSON

/// Writes a day of log rows.
struct LogTable {
    private let clock: SampleClock
    private var random: SampleRandom

    /// Rows within the last 24 hours, besides those of ``EdgeCases``.
    static let rowCount = 5000
    private static let firstID = 1_000_001

    init(seed: UInt64, clock: SampleClock) {
        self.clock = clock
        random = SampleRandom(seed: seed, stream: "logs")
    }

    private struct Row {
        var id = 0
        let time: SampleInstant
        let level: Int
        let message: String
        let instance: String
        let module: String
        let function: String
        let line: Int
        let extra: JSONValue?

        var levelName: String {
            switch level {
            case 10: "DEBUG"
            case 20: "INFO"
            case 30: "WARNING"
            case 40: "ERROR"
            default: "CRITICAL"
            }
        }
    }

    mutating func table(of executions: [SampleExecution]) -> SampleTable {
        let recent = executions.filter { $0.start >= clock.ago(hours: 24) }
        var rows = (0..<Self.rowCount).map { _ in row(among: recent) }
        rows.sort { $0.time < $1.time }
        for index in rows.indices { rows[index].id = Self.firstID + index }
        return writer().table(of: edgeCases() + rows)
    }

    private mutating func row(among executions: [SampleExecution]) -> Row {
        let level = random.pick((20, 690), (10, 150), (30, 110), (40, 45), (50, 5))
        let source: (String, String, Int) = random.pick(
            (("example_data_agent", "handle_stf_gen", 212), 40),
            (("workflow_runner", "run", 388), 20),
            (("base_agent", "send_heartbeat", 655), 25),
            (("fast_processing_agent", "on_message", 144), 15)
        )
        let message = random.element(of: Self.messages[level] ?? [], or: "heartbeat sent")
        if !executions.isEmpty, random.chance(percent: 60) {
            let execution = executions[random.below(executions.count)]
            let span = execution.lastData.seconds(since: execution.start)
            return Row(
                time: execution.start.adding(seconds: random.below(span)),
                level: level,
                message: message,
                instance: random.chance(percent: 50) ? execution.dataAgent : execution.simulator,
                module: source.0,
                function: source.1,
                line: source.2,
                extra: [
                    "execution_id": .string(execution.id), "run_id": .string(String(execution.runNumber)),
                    "username": .string(execution.user), "workflow_name": "stf_datataking",
                ]
            )
        }
        let user = random.element(of: ["afischer", "bokafor", "drao"], or: "afischer")
        return Row(
            time: clock.ago(seconds: random.between(1, 86399)),
            level: level,
            message: message,
            instance: "agent-manager-\(user)",
            module: source.0,
            function: source.1,
            line: source.2,
            extra: ["username": .string(user)]
        )
    }

    private static let messages = [
        10: ["heartbeat sent", "message of another namespace skipped", "queue is empty"],
        20: [
            "STF registered", "Run started", "Run ended", "stf_ready sent", "received stf_gen", "slice completed",
            "connected to the broker",
        ],
        30: ["heartbeat is late by 4.2 s", "broker did not acknowledge, trying again", "disk 87% full on /data_01"],
        40: [
            "could not register STF: HTTP 502 from the monitor", "connection to the broker lost",
            "checksum of the file differs", "slice failed twice, giving up",
        ],
        50: ["no space left on /data_01, stopping"],
    ]

    private func edgeCases() -> [Row] {
        [
            Row(
                id: EdgeCases.logWithHostileText,
                time: clock.ago(minutes: 9),
                level: 40,
                message: EdgeCases.hostileText,
                instance: EdgeCases.agentFresh,
                module: "base_agent",
                function: "on_message",
                line: 700,
                extra: ["username": "afischer"]
            ),
            Row(
                id: EdgeCases.logWithoutExtraData,
                time: clock.ago(minutes: 8),
                level: 20,
                message: "started",
                instance: "agent-manager-cconti",
                module: "agent_manager",
                function: "main",
                line: 12,
                extra: nil
            ),
        ]
    }

    private func writer() -> SampleTableWriter<Row> {
        var writer = SampleTableWriter<Row>(SampleSchema.logs)
        writer.integer("id") { $0.id }
        writer.text("app_name") { $0.instance.hasPrefix("agent-manager") ? "agent_manager" : "base_agent" }
        writer.text("instance_name") { $0.instance }
        writer.time("timestamp") { $0.time }
        writer.integer("level") { $0.level }
        writer.text("levelname") { $0.levelName }
        writer.text("message") { $0.message }
        writer.text("module") { $0.module }
        writer.text("funcname") { $0.function }
        writer.integer("lineno") { $0.line }
        writer.integer("process") { 20000 + $0.line }
        writer.integer("thread") { _ in 139_662_526_409_600 }
        writer.json("extra_data") { $0.extra }
        return writer
    }
}

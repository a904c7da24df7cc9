internal import JSON

/// Writes the messages of the workflow topic.
struct MessageTable {
    private let clock: SampleClock
    private var random: SampleRandom

    init(seed: UInt64, clock: SampleClock) {
        self.clock = clock
        random = SampleRandom(seed: seed, stream: "messages")
    }

    private struct Message {
        let id: String
        let type: String
        var sender: String?
        var senderType: String?
        var namespace: String?
        var execution: String?
        var run: String?
        let sent: SampleInstant
        let content: JSONValue
    }

    mutating func table(of executions: [SampleExecution]) -> SampleTable {
        var messages: [Message] = []
        // Older messages than two days have been removed.
        for execution in executions where execution.start >= clock.ago(days: 2) {
            append(execution, to: &messages)
        }
        messages += edgeCases()
        messages.sort { ($0.sent, $0.id) < ($1.sent, $1.id) }
        return writer().table(of: messages)
    }

    private mutating func append(_ execution: SampleExecution, to messages: inout [Message]) {
        messages.append(message("run_imminent", of: execution, at: execution.start.adding(seconds: 8), tick: 5))
        messages.append(message("start_run", of: execution, at: execution.start.adding(seconds: 40), tick: 13.1))
        for number in 1...execution.fileCount {
            let time = execution.fileTime(number)
            let fields: [(String, JSONValue)] = [
                ("filename", .string(execution.fileName(number))), ("sequence", .integer(number)),
            ]
            messages.append(message("stf_gen", of: execution, at: time, tick: 14 + Double(number), fields))
            var ready = message("stf_ready", of: execution, at: time.adding(seconds: 2), tick: 14, fields)
            // The data agent does not pass the execution on.
            ready.execution = nil
            ready.sender = execution.dataAgent
            ready.senderType = "DATA"
            messages.append(ready)
        }
        switch execution.status {
        case "completed":
            let total: [(String, JSONValue)] = [("total_stf_files", .integer(execution.fileCount))]
            messages.append(message("end_run", of: execution, at: execution.lastData, tick: 99, total))
        case "failed":
            let reason: [(String, JSONValue)] = [("error", "broker connection lost during the physics period")]
            messages.append(message("run_workflow_failed", of: execution, at: execution.lastData, tick: 60, reason))
        default: break
        }
    }

    private mutating func message(
        _ type: String,
        of execution: SampleExecution,
        at time: SampleInstant,
        tick: Double,
        _ fields: [(String, JSONValue)] = []
    ) -> Message {
        let sent = SampleInstant(microseconds: time.microseconds + random.below(900_000))
        var content = JSONObject()
        content["msg_type"] = .string(type)
        content["sender"] = .string(type == "stf_ready" ? execution.dataAgent : execution.simulator)
        content["namespace"] = .string(execution.namespace)
        content["run_id"] = .string(String(execution.runNumber))
        if type != "stf_ready" { content["execution_id"] = .string(execution.id) }
        content["timestamp"] = .string(sent.isoTextWithFraction)
        content["state"] = type == "run_imminent" ? "beam" : "run"
        content["substate"] = type == "run_imminent" ? "not_ready" : "physics"
        content["simulation_tick"] = .double(tick)
        for (name, value) in fields { content[name] = value }
        return Message(
            id: random.uuid(),
            type: type,
            sender: execution.simulator,
            senderType: "DAQ_Simulator",
            namespace: execution.namespace,
            execution: execution.id,
            run: String(execution.runNumber),
            sent: sent,
            content: .object(content)
        )
    }

    private func edgeCases() -> [Message] {
        [
            Message(
                id: EdgeCases.messageWithTextRun,
                type: "start_run",
                sender: "daq_simulator-agent-drao-3",
                senderType: "DAQ_Simulator",
                namespace: "fastmon-dev",
                run: EdgeCases.nonNumericRun,
                sent: clock.ago(minutes: 50),
                content: ["msg_type": "start_run", "run_id": "cosmics-A"]
            ),
            Message(
                id: EdgeCases.messageWithoutNamespace,
                type: "announcement",
                sent: clock.ago(minutes: 12),
                content: ["msg_type": "announcement", "message": "Maintenance at noon – café 🍪"]
            ),
        ]
    }

    private func writer() -> SampleTableWriter<Message> {
        var writer = SampleTableWriter<Message>(SampleSchema.workflowMessages)
        writer.text("message_id") { $0.id }
        writer.text("message_type") { $0.type }
        writer.text("sender_agent") { $0.sender }
        writer.text("sender_type") { $0.senderType }
        writer.text("namespace") { $0.namespace }
        writer.text("execution_id") { $0.execution }
        writer.text("run_id") { $0.run }
        writer.json("message_content") { $0.content }
        writer.time("sent_at") { $0.sent }
        writer.bool("is_successful") { _ in true }
        writer.text("queue_name") { _ in "/topic/epictopic" }
        return writer
    }
}

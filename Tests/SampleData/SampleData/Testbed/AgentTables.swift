internal import JSON

/// Writes the agents of the testbed and those who listen to its topic.
struct AgentTables {
    private let clock: SampleClock

    init(clock: SampleClock) {
        self.clock = clock
    }

    private struct Agent {
        let name: String
        let type: String
        let status: String
        let state: String
        /// Seconds since the last heartbeat; nil when there was none.
        let silence: Int?
        let namespace: String?
        var number = 0
    }

    func agents() -> SampleTable {
        var all = live() + unwell() + exited()
        for index in all.indices { all[index].number = index + 1 }
        var writer = SampleTableWriter<Agent>(SampleSchema.agents)
        writer.integer("id") { $0.number }
        writer.text("instance_name") { $0.name }
        writer.text("agent_type") { $0.type }
        writer.text("description") { agent in
            "\(agent.type) agent. MQ: \(agent.status == "WARNING" ? "disconnected" : "connected")"
        }
        writer.text("status") { $0.status }
        writer.time("last_heartbeat") { [clock] in $0.silence.map { clock.ago(seconds: $0) } }
        writer.bool("workflow_enabled") { $0.type != "agent_manager" }
        writer.integer("current_stf_count") { $0.state == "PROCESSING" ? 2 : 0 }
        writer.integer("total_stf_processed") { $0.number * 40 }
        writer.time("last_stf_processed") { [clock] in $0.state == "PROCESSING" ? clock.ago(seconds: 40) : nil }
        writer.integer("pid") { $0.silence == nil ? nil : 20000 + $0.number * 17 }
        writer.text("hostname") { $0.silence == nil ? nil : "testbed0\($0.number % 3 + 1).example.org" }
        writer.text("operational_state") { $0.state }
        writer.text("namespace") { $0.namespace }
        writer.json("metadata") { $0.type == "agent_manager" ? ["supervisord_healthy": true] : nil }
        writer.time("created_at") { [clock] in clock.ago(days: 30, hours: $0.number) }
        writer.time("updated_at") { [clock] in clock.ago(seconds: $0.silence ?? 86400) }
        return writer.table(of: all)
    }

    /// Two testbeds at work, beating now.
    private func live() -> [Agent] {
        let kinds = [
            ("agent-manager", "agent_manager", "READY"), ("daq_simulator-agent", "DAQ_Simulator", "PROCESSING"),
            ("data-agent", "DATA", "PROCESSING"), ("processing-agent", "PROCESSING", "READY"),
            ("fastmon-agent", "fastmon", "PROCESSING"),
        ]
        return [("afischer", "testbed-east"), ("bokafor", "testbed-west")].enumerated().flatMap { row, owner in
            kinds.enumerated().map { column, kind in
                let isManager = kind.1 == "agent_manager"
                return Agent(
                    name: isManager ? "agent-manager-\(owner.0)" : "\(kind.0)-\(owner.0)-\(column + 2)",
                    type: kind.1,
                    status: "OK",
                    state: row == 0 ? kind.2 : "READY",
                    silence: 3 + column * 9 + row * 5,
                    namespace: owner.1
                )
            }
        }
    }

    private func unwell() -> [Agent] {
        [
            Agent(
                name: EdgeCases.agentInError,
                type: "STF_Processing",
                status: "ERROR",
                state: "READY",
                silence: 31,
                namespace: "testbed-east"
            ),
            Agent(
                name: "processing-agent-drao-8",
                type: "PROCESSING",
                status: "WARNING",
                state: "READY",
                silence: 48,
                namespace: "fastmon-dev"
            ),
            Agent(
                name: EdgeCases.agentStale,
                type: "PROCESSING",
                status: "OK",
                state: "READY",
                silence: 720,
                namespace: "testbed-west"
            ),
            Agent(
                name: "agent-manager-drao",
                type: "agent_manager",
                status: "OK",
                state: "READY",
                silence: 4 * 3600,
                namespace: "fastmon-dev"
            ),
            Agent(
                name: EdgeCases.agentNeverSeen,
                type: "Unknown",
                status: "UNKNOWN",
                state: "STARTING",
                silence: nil,
                namespace: nil
            ),
        ]
    }

    private func exited() -> [Agent] {
        let named = Agent(
            name: EdgeCases.agentExited,
            type: "DATA",
            status: "EXITED",
            state: "EXITED",
            silence: 7200,
            namespace: "testbed-east"
        )
        return [named]
            + (0..<14).map { index in
                Agent(
                    name: "data-agent-\(index % 2 == 0 ? "afischer" : "drao")-\(20 + index)",
                    type: "DATA",
                    status: "EXITED",
                    state: "EXITED",
                    silence: (index + 1) * 40000,
                    namespace: index % 2 == 0 ? "testbed-east" : "fastmon-dev"
                )
            }
    }

    func subscribers() -> SampleTable {
        var writer = SampleTableWriter<(Int, String)>(SampleSchema.subscribers)
        writer.integer("subscriber_id") { $0.0 }
        writer.text("subscriber_name") { $0.1 }
        writer.double("fraction") { _ in 1 }
        writer.bool("is_active") { $0.0 < 3 }
        writer.time("created_at") { [clock] in clock.ago(days: 20 + $0.0) }
        writer.time("updated_at") { [clock] in clock.ago(minutes: $0.0) }
        writer.text("delivery_type") { _ in "activemq" }
        writer.text("client_ip") { "192.0.2.\($0.0)" }
        writer.text("client_location") { _ in "" }
        writer.json("message_filters") { _ in [:] }
        writer.integer("messages_received") { $0.0 * 1200 }
        writer.integer("messages_sent") { _ in 0 }
        writer.integer("messages_dropped") { _ in 0 }
        return writer.table(of: [(1, "data-agent-afischer-4"), (2, "fastmon-agent-afischer-6"), (3, "old-listener")])
    }
}

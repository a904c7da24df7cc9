internal import JSON

/// Writes what assistants left: memories, assessments, proposals and provenance.
struct AssistantTables {
    private let clock: SampleClock

    init(clock: SampleClock) {
        self.clock = clock
    }

    func tables() -> [SampleTable] {
        [memory(), content(), proposals(), provenance()]
    }

    private func memory() -> SampleTable {
        let turns = [
            ("afischer", "user", "Which tasks failed today?"), ("afischer", "assistant", "Three tasks failed today."),
            ("afischer", "user", "Show the first one."), ("afischer", "assistant", "It failed for lack of memory."),
            ("drao", "user", "Is the testbed up?"), ("drao", "assistant", "Yes, two namespaces are active."),
        ]
        var writer = SampleTableWriter<(Int, (String, String, String))>(SampleSchema.aiMemory)
        writer.integer("id") { $0.0 + 1 }
        writer.text("username") { $0.1.0 }
        writer.text("session_id") { "session-\($0.1.0)" }
        writer.text("role") { $0.1.1 }
        writer.text("content") { $0.1.2 }
        writer.time("created_at") { [clock] in clock.ago(hours: 3, minutes: -$0.0) }
        writer.text("namespace") { _ in "testbed-east" }
        return writer.table(of: turns.enumerated().map { ($0.offset, $0.element) })
    }

    private func content() -> SampleTable {
        var writer = SampleTableWriter<Int>(SampleSchema.aiContent)
        writer.integer("id") { $0 }
        writer.text("subject_type") { _ in "panda_task" }
        writer.text("subject_key") { String(EdgeCases.taskOfEdgeCases + 1 - $0) }
        writer.text("subject_label") { "task \(EdgeCases.taskOfEdgeCases + 1 - $0)" }
        writer.text("subject_url") { _ in "" }
        writer.text("username") { _ in "afischer" }
        writer.text("ai") { _ in "assistant" }
        writer.text("assessment") { _ in "Most failures are memory limits; more memory per core would help." }
        writer.json("data") { _ in [:] }
        writer.time("created_at") { [clock] in clock.ago(hours: $0 * 5) }
        return writer.table(of: [1, 2])
    }

    private func proposals() -> SampleTable {
        var writer = SampleTableWriter<Int>(SampleSchema.aiProposals)
        writer.integer("id") { $0 }
        writer.text("action") { _ in "link_task" }
        writer.text("subject_type") { _ in "prod_task" }
        writer.text("subject_key") { "group.EIC.sample.\($0)" }
        writer.text("counterpart_key") { String(TaskGenerator.firstID + $0) }
        writer.json("payload") { _ in [:] }
        writer.text("comment") { _ in "names agree" }
        writer.text("confidence") { _ in "high" }
        writer.text("proposer") { _ in "assistant" }
        writer.integer("scan_version") { _ in 1 }
        writer.text("batch_id") { _ in "scan-7" }
        writer.text("executor") { _ in "server" }
        writer.json("precondition") { _ in [:] }
        writer.text("input_hash") { _ in "5f1d7a84db00d2fce00b31a7fc73224f" }
        writer.text("status") { $0 == 1 ? "approved" : "pending" }
        writer.text("quality") { _ in "" }
        writer.text("created_by") { _ in "assistant" }
        writer.time("created_at") { [clock] in clock.ago(days: $0) }
        writer.text("decided_by") { $0 == 1 ? "afischer" : "" }
        writer.time("decided_at") { [clock] in $0 == 1 ? clock.ago(hours: 20) : nil }
        writer.text("undone_by") { _ in "" }
        return writer.table(of: [1, 2, 3])
    }

    private func provenance() -> SampleTable {
        var writer = SampleTableWriter<(Int, String, String)>(SampleSchema.dataProvenance)
        writer.integer("id") { $0.0 }
        writer.text("dpid") { $0.1 }
        writer.text("tool_name") { $0.2 }
        writer.json("tool_args") { ["days": .integer($0.0)] }
        writer.time("created_at") { [clock] in clock.ago(hours: 4 - $0.0) }
        return writer.table(of: [
            (1, "3FA94C01", "panda_get_activity"), (2, "90BE77D2", "panda_list_tasks"),
            (3, "C41D06AA", "swf_list_agents"),
        ])
    }
}

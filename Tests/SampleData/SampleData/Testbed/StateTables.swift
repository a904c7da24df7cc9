internal import JSON

/// Writes the states of runs and of the testbed as a whole.
struct StateTables {
    private let clock: SampleClock

    init(clock: SampleClock) {
        self.clock = clock
    }

    func tables(of executions: [SampleExecution]) -> [SampleTable] {
        [runStates(executions), events(executions), persistentState(executions), configuration(), queues()]
    }

    private func runStates(_ executions: [SampleExecution]) -> SampleTable {
        var writer = SampleTableWriter<SampleExecution>(SampleSchema.runState)
        writer.integer("run_number") { $0.runNumber }
        writer.text("phase") { $0.status == "running" ? "physics" : "ended" }
        writer.text("state") { $0.status == "running" ? "run" : "no_beam" }
        writer.text("substate") { $0.status == "running" ? "physics" : nil }
        writer.integer("target_worker_count") { $0.hasSlices ? 4 : 0 }
        writer.integer("active_worker_count") { $0.status == "running" ? 4 : 0 }
        writer.integer("stf_samples_received") { $0.fileCount }
        writer.integer("slices_created") { $0.hasSlices ? $0.fileCount * DataFileTables.slicesPerFile : 0 }
        writer.integer("slices_queued") { $0.status == "running" ? 36 : 0 }
        writer.integer("slices_processing") { $0.status == "running" ? 18 : 0 }
        writer.integer("slices_completed") { $0.hasSlices ? $0.fileCount * DataFileTables.slicesPerFile - 54 : 0 }
        writer.integer("slices_failed") { _ in 0 }
        writer.time("state_changed_at") { $0.end ?? $0.start.adding(seconds: 40) }
        writer.time("updated_at") { $0.lastData }
        return writer.table(of: Array(executions.suffix(8)))
    }

    private func events(_ executions: [SampleExecution]) -> SampleTable {
        var rows: [(Int, SampleExecution, String, SampleInstant)] = []
        for execution in executions.suffix(12) {
            let moments = [("run_imminent", execution.start.adding(seconds: 8)), ("start_run", execution.start)]
            for (type, time) in moments { rows.append((rows.count + 1, execution, type, time)) }
            if execution.status == "completed" {
                rows.append((rows.count + 1, execution, "end_run", execution.lastData))
            }
        }
        var writer = SampleTableWriter<(Int, SampleExecution, String, SampleInstant)>(SampleSchema.systemStateEvents)
        writer.integer("event_id") { $0.0 }
        writer.time("timestamp") { $0.3 }
        writer.integer("run_number") { $0.1.runNumber }
        writer.text("event_type") { $0.2 }
        writer.text("state") { $0.2 == "start_run" ? "run" : "beam" }
        writer.text("substate") { $0.2 == "start_run" ? "physics" : nil }
        writer.json("event_data") { ["execution_id": .string($0.1.id)] }
        return writer.table(of: rows)
    }

    private func persistentState(_ executions: [SampleExecution]) -> SampleTable {
        let nextRun = (executions.map(\.runNumber).max() ?? 100_009) + 1
        let state: JSONValue = [
            "next_run_number": .integer(nextRun), "next_agent_id": 34,
            "next_workflow_execution_id": .integer(executions.count + 1), "pcs_next_physics": 12, "pcs_next_evgen": 6,
            "pcs_next_simu": 2, "pcs_next_reco": 3, "pcs_next_background": 2,
            // What a tool must not show.
            "pandabot_active_threads": ["k7w1m4o8b3dh9x", "p2q9r5s1t6u3v8"],
        ]
        var writer = SampleTableWriter<JSONValue>(SampleSchema.persistentState)
        writer.integer("id") { _ in 1 }
        writer.json("state_data") { $0 }
        writer.time("updated_at") { [clock] _ in clock.ago(minutes: 25) }
        return writer.table(of: [state])
    }

    private func configuration() -> SampleTable {
        var writer = SampleTableWriter<JSONValue>(SampleSchema.sysConfig)
        writer.integer("id") { _ in 1 }
        writer.json("config_data") { $0 }
        writer.time("updated_at") { [clock] _ in clock.ago(days: 12) }
        writer.text("updated_by") { _ in "afischer" }
        return writer.table(of: [["log_retention_days": 30]])
    }

    private func queues() -> SampleTable {
        var writer = SampleTableWriter<SampleQueue>(SampleSchema.pandaQueues)
        let modified = clock.ago(days: 9)
        writer.text("queue_name") { $0.name }
        writer.text("site") { $0.site }
        writer.text("status") { $0.status }
        writer.text("queue_type") { $0.kind }
        writer.json("config_data") { $0.record(modified: modified) }
        writer.json("metadata") { _ in [:] }
        writer.time("created_at") { [clock] _ in clock.ago(days: 60) }
        writer.time("updated_at") { _ in modified }
        return writer.table(of: SampleQueue.all)
    }
}

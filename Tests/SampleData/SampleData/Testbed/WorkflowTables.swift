internal import JSON

/// Writes namespaces, definitions and executions of workflows.
struct WorkflowTables {
    private let clock: SampleClock

    init(clock: SampleClock) {
        self.clock = clock
    }

    func tables(of executions: [SampleExecution]) -> [SampleTable] {
        [namespaces(), definitions(), table(of: executions)]
    }

    private func namespaces() -> SampleTable {
        var writer = SampleTableWriter<(String, String, String)>(SampleSchema.namespace)
        writer.text("name") { $0.0 }
        writer.text("owner") { $0.1 }
        writer.text("description") { $0.2 }
        writer.json("metadata") { _ in nil }
        writer.time("created_at") { [clock] _ in clock.ago(days: 40) }
        writer.time("updated_at") { [clock] _ in clock.ago(days: 2) }
        return writer.table(of: [
            ("fastmon-dev", "drao", "Development of fast monitoring"),
            ("idle_space", "cconti", ""),
            ("testbed-east", "afischer", "Streaming tests with the whole chain"),
            ("testbed-west", "bokafor", "Streaming tests, second site"),
        ])
    }

    private func definitions() -> SampleTable {
        var writer = SampleTableWriter<(Int, String, String, String)>(SampleSchema.workflowDefinitions)
        writer.integer("id") { $0.0 }
        writer.text("workflow_name") { $0.1 }
        writer.text("version") { $0.2 }
        writer.text("workflow_type") { $0.3 }
        writer.text("definition") { "workflow \($0.1) \($0.2)" }
        writer.json("parameter_values") {
            ["workflow": ["name": .string($0.1), "description": "Takes data as the acquisition does"]]
        }
        writer.text("created_by") { $0.0 == 3 ? "drao" : "afischer" }
        writer.time("created_at") { [clock] in clock.ago(days: 30 - $0.0) }
        writer.time("updated_at") { [clock] in clock.ago(days: 30 - $0.0) }
        return writer.table(of: [
            (1, "stf_datataking", "1.0", "simulation"), (2, "stf_datataking", "1.1", "simulation"),
            (3, "fast_processing", "0.3", "processing"),
        ])
    }

    private func table(of executions: [SampleExecution]) -> SampleTable {
        var writer = SampleTableWriter<SampleExecution>(SampleSchema.workflowExecutions)
        writer.text("execution_id") { $0.id }
        writer.text("namespace") { $0.namespace }
        writer.json("parameter_values") { execution in
            [
                "testbed": ["namespace": .string(execution.namespace)],
                "workflow": ["name": "stf_datataking", "config": "fast_processing_default", "realtime": true],
                "parameters": [
                    "stf_count": .integer(execution.fileCount), "physics_period_count": 1, "stf_interval": 37,
                ],
                "git_version": "3f1c9ab",
            ]
        }
        writer.json("performance_metrics") { execution in
            execution.end == nil ? nil : ["stf_files": .integer(execution.fileCount)]
        }
        writer.text("status") { $0.status }
        writer.time("start_time") { $0.start }
        writer.time("end_time") { $0.end }
        writer.text("executed_by") { $0.user }
        writer.integer("workflow_definition_id") { $0.definition }
        return writer.table(of: executions)
    }
}

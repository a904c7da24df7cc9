/// Makes the tables of the testbed's monitor.
struct TestbedTables {
    let tables: [SampleTable]

    init(seed: UInt64, clock: SampleClock) {
        let executions = SampleExecution.all(clock: clock)
        let agents = AgentTables(clock: clock)
        let workflows = WorkflowTables(clock: clock)
        var messages = MessageTable(seed: seed, clock: clock)
        var files = DataFileTables(seed: seed, clock: clock)
        var logs = LogTable(seed: seed, clock: clock)
        let state = StateTables(clock: clock)
        let assistant = AssistantTables(clock: clock)
        tables =
            [agents.agents(), agents.subscribers()]
            + workflows.tables(of: executions)
            + [messages.table(of: executions), logs.table(of: executions)]
            + files.tables(of: executions)
            + state.tables(of: executions)
            + assistant.tables()
            + [
                SampleTable(empty: SampleSchema.stfWorkflows),
                SampleTable(empty: SampleSchema.agentWorkflowStages),
                SampleTable(empty: SampleSchema.epicprodJobs),
            ]
    }
}

/// The tables of the sample databases: the names, types, keys and defaults of the columns the real ones have.
///
/// PanDA's tables follow its PostgreSQL schema 0.1.6, the monitor's and the production catalogue's the migrations
/// of August 2026.
package enum SampleSchema {
    /// Every table, those of PanDA first.
    package static let tables: [SampleTableDefinition] = panda + testbed + production

    private static let panda = [
        activeJobs, archivedJobs, files, tasks, datasets, taskParameters, queues, workers, workerJobs, workerCounts,
    ]

    private static let testbed = [
        agents, namespace, workflowDefinitions, workflowExecutions, workflowMessages, stfWorkflows,
        agentWorkflowStages, logs, persistentState, sysConfig, subscribers, systemStateEvents, runs, runState,
        stfFiles, fastmonFiles, tfSlices, sliceWorkers, pandaQueues, epicprodJobs, aiMemory, aiContent, aiProposals,
        dataProvenance,
    ]

    private static let production = [
        pcsPhysicsCategory, pcsPhysicsTag, pcsEvgenTag, pcsSimuTag, pcsRecoTag, pcsBackgroundTag, pcsPhysicsConfig,
        pcsCampaign, pcsDataset, pcsProdConfig, pcsProdTask, pcsPandaTasks,
    ]
}

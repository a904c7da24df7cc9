import SampleData
import Testing

@Suite struct SchemaTests {
    static let columnCounts = [
        ("jobsactive4", 127), ("jobsarchived4", 127), ("filestable4", 23), ("jedi_tasks", 88), ("jedi_datasets", 35),
        ("jedi_taskparams", 2), ("schedconfig_json", 3), ("harvester_workers", 31), ("harvester_rel_jobs_workers", 4),
        ("harvester_worker_stats", 7), ("swf_systemagent", 18), ("swf_namespace", 6), ("swf_workflow_definitions", 9),
        ("swf_workflow_executions", 9), ("swf_workflow_messages", 21), ("swf_stf_workflows", 19),
        ("swf_agent_workflow_stages", 16), ("swf_applog", 13), ("swf_persistent_state", 3), ("swf_sys_config", 4),
        ("swf_subscribers", 17), ("swf_system_state_events", 7), ("swf_runs", 5), ("swf_run_state", 15),
        ("swf_stf_files", 14), ("swf_fastmon_files", 12), ("swf_tf_slices", 15), ("swf_workers", 12),
        ("swf_panda_queues", 8), ("swf_epicprod_jobs", 12), ("swf_ai_memory", 8), ("swf_ai_content", 10),
        ("ai_proposal", 24), ("swf_data_provenance", 5), ("pcs_physics_category", 5), ("pcs_physics_tag", 10),
        ("pcs_evgen_tag", 9), ("pcs_simu_tag", 9), ("pcs_reco_tag", 9), ("pcs_background_tag", 9),
        ("pcs_physics_config", 12), ("pcs_campaign", 11), ("pcs_dataset", 27), ("pcs_prod_config", 25),
        ("pcs_prod_task", 23), ("pcs_panda_tasks", 14),
    ]

    @Test(arguments: columnCounts)
    func `a table has all its columns`(name: String, count: Int) throws {
        let table = try #require(SampleSchema.tables.first { $0.name == name })
        #expect(table.columns.count == count)
        #expect(Set(table.columns.map(\.name)).count == count)
    }

    @Test func `no table is missing and none is unknown`() {
        #expect(SampleSchema.tables.map(\.name).sorted() == Self.columnCounts.map(\.0).sorted())
    }

    @Test func `keys and indexes name columns of their table`() {
        for table in SampleSchema.tables {
            let names = Set(table.columns.map(\.name))
            #expect(!table.primaryKey.isEmpty)
            #expect(names.isSuperset(of: table.primaryKey), "\(table.name)")
            for index in table.indexes { #expect(names.isSuperset(of: index.columns), "\(table.name)") }
        }
    }

    @Test(arguments: [
        ("pandaid", "bigint", false, SampleValue.integer(0)),
        ("starttime", "timestamp", true, .time(SampleInstant(microseconds: 0))),
        ("jobstatus", "varchar(15)", false, .text("activated")),
        ("memory_leak_x2", "numeric(14,3)", true, .null),
    ])
    func `a column is read from its notation`(
        name: String,
        type: String,
        isNullable: Bool,
        fallback: SampleValue
    ) throws {
        let jobs = try #require(SampleSchema.tables.first)
        let column = try #require(jobs.column(name))
        #expect(column.type == type)
        #expect(column.isNullable == isNullable)
        #expect(column.fallback == fallback)
    }

    @Test func `a type of two words is kept whole`() throws {
        let subscribers = try #require(SampleSchema.tables.first { $0.name == "swf_subscribers" })
        #expect(subscribers.column("fraction")?.type == "double precision")
    }
}

internal import JSON

/// Writes campaigns, data sets, configurations, production requests, and the PanDA tasks made for them.
struct RequestTables {
    private let clock: SampleClock
    private let tasks: [SampleTask]

    /// How many requests there are; as many production tasks of PanDA are linked to them.
    static let requestCount = 60

    init(clock: SampleClock, tasks: [SampleTask]) {
        self.clock = clock
        self.tasks = Array(tasks.filter { $0.processingType == "epicproduction" }.suffix(Self.requestCount))
    }

    private struct Request {
        let row: Int
        let task: SampleTask

        var physics: TagTables.Tag { TagTables.physics[row % TagTables.physics.count] }
        var generator: TagTables.Tag { TagTables.generators[row % TagTables.generators.count] }
        var dataset: String { "group.EIC.26.02.0.epic_craterlake.\(physics.label).\(generator.label).s1.r1.n\(row)" }

        var status: String {
            switch task.status {
            case "done", "finished": "completed"
            case "failed", "broken", "aborted": "failed"
            default: "submitted"
            }
        }
    }

    func tables() -> [SampleTable] {
        let requests = tasks.enumerated().map { Request(row: $0.offset + 1, task: $0.element) }
        return [
            campaigns(), configurations(), physicsConfigurations(), datasets(requests), productionTasks(requests),
            links(requests),
        ]
    }

    private func campaigns() -> SampleTable {
        var writer = SampleTableWriter<(Int, String, String)>(SampleSchema.pcsCampaign)
        writer.integer("id") { $0.0 }
        writer.text("name") { $0.1 }
        writer.text("lifecycle") { $0.2 }
        writer.text("description") { _ in "Monthly production" }
        writer.text("start_date") { [clock] in String(clock.ago(days: 200 - $0.0 * 60).isoText.prefix(10)) }
        writer.json("data") { _ in [:] }
        writer.text("created_by") { _ in "afischer" }
        writer.time("created_at") { [clock] in clock.ago(days: 200 - $0.0 * 60) }
        writer.time("updated_at") { [clock] in clock.ago(days: 3 - $0.0) }
        return writer.table(of: [(1, "26.01.0", "closed"), (2, "26.02.0", "active")])
    }

    private func configurations() -> SampleTable {
        var writer = SampleTableWriter<Int>(SampleSchema.pcsProdConfig)
        writer.integer("id") { $0 }
        writer.text("name") { $0 == 1 ? "standard" : "with background" }
        writer.text("description") { _ in "" }
        for name in ["copy_reco", "copy_log", "use_rucio"] { writer.bool(name) { _ in true } }
        writer.bool("copy_full") { _ in false }
        writer.bool("bg_mixing") { $0 == 2 }
        for name in ["bg_cross_section", "bg_evtgen_file", "condor_template", "panda_queue"] {
            writer.text(name) { _ in "" }
        }
        writer.text("jug_xl_tag") { _ in "26.02.0-stable" }
        writer.text("container_image") { _ in "docker://eicweb/eic_xl:26.02.0-stable" }
        writer.integer("target_hours_per_job") { _ in 2 }
        writer.integer("events_per_task") { _ in 1000 }
        writer.text("panda_site") { _ in "BNL_OSG_EPIC_PROD_1" }
        writer.text("panda_working_group") { _ in "EIC" }
        writer.text("panda_resource_type") { _ in "SCORE" }
        writer.text("rucio_rse") { _ in "BNL_PROD_DISK_1" }
        writer.text("created_by") { _ in "afischer" }
        writer.time("created_at") { [clock] _ in clock.ago(days: 100) }
        writer.time("updated_at") { [clock] _ in clock.ago(days: 50) }
        return writer.table(of: [1, 2])
    }

    private func physicsConfigurations() -> SampleTable {
        var writer = SampleTableWriter<TagTables.Tag>(SampleSchema.pcsPhysicsConfig)
        writer.integer("id") { $0.row }
        writer.text("label") { "c\($0.row)" }
        writer.text("config_key") { "\($0.label)|none" }
        writer.text("sample_name") { _ in "" }
        writer.text("evgen_display") { _ in "pythia8 8.310" }
        writer.json("requestors") { _ in ["inclusive"] }
        writer.json("metadata") { _ in [:] }
        writer.text("created_by") { _ in "afischer" }
        writer.time("created_at") { [clock] _ in clock.ago(days: 90) }
        writer.time("updated_at") { [clock] _ in clock.ago(days: 80) }
        writer.integer("physics_tag_id") { $0.row }
        return writer.table(of: TagTables.physics)
    }

    private func datasets(_ requests: [Request]) -> SampleTable {
        var writer = SampleTableWriter<Request>(SampleSchema.pcsDataset)
        writer.integer("id") { $0.row }
        writer.text("dataset_name") { $0.dataset }
        writer.text("composed_name") { $0.dataset }
        writer.text("scope") { _ in "group.EIC" }
        writer.text("detector_version") { _ in "26.02.0" }
        writer.text("detector_config") { _ in "epic_craterlake" }
        for name in ["sample_name", "propagation", "replaced_by", "description"] { writer.text(name) { _ in "" } }
        writer.integer("block_num") { _ in 1 }
        writer.integer("blocks") { _ in 1 }
        writer.text("did") { "group.EIC:\($0.dataset).b1" }
        writer.integer("file_count") { $0.task.finishedFiles }
        writer.integer("data_size") { $0.task.finishedFiles * 400_000_000 }
        writer.text("created_by") { _ in "afischer" }
        writer.time("created_at") { $0.task.created }
        writer.integer("campaign_id") { _ in 2 }
        writer.integer("evgen_tag_id") { $0.generator.row }
        writer.integer("physics_tag_id") { $0.physics.row }
        writer.integer("reco_tag_id") { _ in 1 }
        writer.integer("simu_tag_id") { _ in 1 }
        writer.integer("expected_events") { ($0.task.finishedFiles + $0.task.activeFiles) * 1000 }
        writer.text("expected_events_source") { _ in "panda" }
        writer.integer("physics_config_id") { $0.physics.row }
        return writer.table(of: requests)
    }

    private func productionTasks(_ requests: [Request]) -> SampleTable {
        var writer = SampleTableWriter<Request>(SampleSchema.pcsProdTask)
        writer.integer("id") { $0.row }
        writer.text("name") { $0.dataset }
        for name in ["description", "csv_file", "condor_command", "condor_cluster_id"] { writer.text(name) { _ in "" } }
        writer.text("status") { $0.status }
        writer.text("requestor") { _ in "inclusive" }
        writer.integer("priority") { $0.row % 3 }
        for name in ["pre_tdr_use", "early_science_use", "other_use", "new_request"] {
            writer.bool(name) { _ in false }
        }
        writer.text("panda_command") { "prun --outDS \($0.task.name)" }
        writer.integer("panda_task_id") { $0.task.id }
        // Automation is not an owner.
        writer.text("created_by") { $0.row % 6 == 0 ? "nightly_cron" : ($0.row % 2 == 0 ? "bokafor" : "afischer") }
        writer.time("created_at") { $0.task.created.adding(seconds: -300) }
        writer.time("updated_at") { $0.task.modified }
        writer.integer("campaign_id") { _ in 2 }
        writer.integer("dataset_id") { $0.row }
        writer.integer("prod_config_id") { _ in 1 }
        return writer.table(of: requests)
    }

    private func links(_ requests: [Request]) -> SampleTable {
        var writer = SampleTableWriter<Request>(SampleSchema.pcsPandaTasks)
        writer.integer("id") { $0.row }
        writer.integer("try_number") { _ in 1 }
        writer.integer("jedi_task_id") { $0.task.id }
        writer.text("task_name") { $0.task.name }
        writer.text("out_ds") { "\($0.task.name).out" }
        writer.text("log_ds") { "\($0.task.name).log" }
        writer.text("site") { $0.task.site ?? "" }
        writer.text("status_snapshot") { $0.task.status }
        writer.text("association_source") { _ in "submission" }
        writer.text("match_reason") { _ in "" }
        writer.json("metadata") { _ in [:] }
        writer.time("created_at") { $0.task.created }
        writer.time("updated_at") { $0.task.modified }
        writer.integer("prod_task_id") { $0.row }
        return writer.table(of: requests)
    }
}

/// The jobs and tasks of the ATLAS monitor.
enum ATLASRecords {
    static let all = MonitorRecords(
        jobs: told + [retry] + companions + population(),
        tasks: tasks,
        defaultHours: 12
    )

    private static let hour = 3600
    /// A reader takes its time a little before it asks; so both still count the same minute.
    private static let sinceTheMinute = 20

    private static let told = [
        failed(RecordedCases.memoryJob, site: "BNL", hoursAgo: 4) { job in
            job.errors.pilot = JobError(
                code: 1235,
                diagnosis: "Payload exceeded maximum allowed memory:job has exceeded the memory limit 4096000 kB "
                    + "with a resident set of 6291456 kB"
            )
            job.memoryLimit = 2000
            job.maximumRSS = 6_291_456
            job.maximumPSS = 6_180_212
            job.averageRSS = 2_310_440
            job.logs = [MonitorLog(name: "pilotlog.txt", text: RecordedLogs.memory)]
        },
        MonitorJob(
            id: RecordedCases.runningJob,
            task: RecordedCases.runningTask,
            status: "running",
            site: "MWT2",
            cloud: "US",
            user: "Alice User",
            created: 27 * hour + 6 * 60 + sinceTheMinute,
            started: 5 * hour + 46 * 60 + sinceTheMinute,
            modified: 600,
            attempt: 1,
            maximumRSS: 1_204_000,
            maximumPSS: 1_180_000,
            averageRSS: 990_000,
            cpuSeconds: 18_900,
            events: 4000
        ),
        failed(RecordedCases.stageInJob, site: "TRIUMF", hoursAgo: 7) { job in
            job.errors.pilot = JobError(
                code: 1099,
                diagnosis: "Failed to stage-in file:DAOD_PHYS.37621365._000042.pool.root.1 not found at source"
            )
            job.logs = [MonitorLog(name: "pilotlog.txt", text: RecordedLogs.stageIn)]
        },
        failed(RecordedCases.lostHeartbeatJob, site: "CERN-PROD", hoursAgo: 9) { job in
            job.errors.dispatcher = JobError(code: 100, diagnosis: "lost heartbeat")
        },
        failed(RecordedCases.payloadJob, site: "MWT2", hoursAgo: 3) { job in
            job.errors.pilot = JobError(
                code: 1305,
                diagnosis: "Failed to execute payload:ValueError: no such branch: el_pt"
            )
            job.errors.transformationExit = "1"
            job.logs = RecordedLogs.payloadFiles
        },
        failed(RecordedCases.setupJob, site: "FZK-LCG2", hoursAgo: 5) { job in
            job.errors.pilot = JobError(code: 1305, diagnosis: "Failed to execute payload:setup of the release failed")
            job.errors.transformationExit = "64"
            job.logs = RecordedLogs.setupFiles
        },
        failed(RecordedCases.hostileJob, site: "MWT2", hoursAgo: 6) { job in
            job.errors.pilot = JobError(code: 1151, diagnosis: EdgeCases.hostileText)
            job.logs = [MonitorLog(name: "pilotlog.txt", text: RecordedLogs.hostile)]
        },
    ]

    /// What became of the work of a failed job.
    private static let retry = MonitorJob(
        id: RecordedCases.retryJob,
        task: RecordedCases.finishedTask,
        status: "finished",
        site: "BNL",
        cloud: "US",
        user: "Alice User",
        created: 4 * hour - 300,
        started: 3 * hour,
        ended: 2 * hour,
        modified: 2 * hour - 90,
        attempt: 2,
        memoryLimit: 4000,
        maximumRSS: 6_300_000,
        cpuSeconds: 3400,
        events: 10000,
        parent: RecordedCases.memoryJob
    )

    /// The other jobs of the running task.
    private static let companions = [
        ("finished", 30), ("finished", 26), ("finished", 22), ("running", 8), ("running", 7), ("activated", 3),
    ].enumerated().map { index, kind in
        let isActive = kind.0 != "finished"
        return MonitorJob(
            id: RecordedCases.runningJob + 7 + index,
            task: RecordedCases.runningTask,
            status: kind.0,
            site: index % 2 == 0 ? "MWT2" : "BNL",
            cloud: "US",
            user: "Alice User",
            created: kind.1 * hour,
            started: kind.0 == "activated" ? nil : (kind.1 - 2) * hour,
            ended: isActive ? nil : (kind.1 - 14 + index) * hour,
            modified: isActive ? 900 : (kind.1 - 14 + index) * hour - 120,
            maximumRSS: kind.0 == "activated" ? nil : 1_150_000,
            cpuSeconds: kind.0 == "activated" ? 0 : 30000,
            events: 4000
        )
    }

    private static func failed(
        _ id: Int,
        site: String,
        hoursAgo: Int,
        _ change: (inout MonitorJob) -> Void
    ) -> MonitorJob {
        var job = MonitorJob(
            id: id,
            task: RecordedCases.finishedTask,
            status: "failed",
            site: site,
            cloud: ["TRIUMF": "CA", "CERN-PROD": "CERN", "FZK-LCG2": "DE"][site] ?? "US",
            user: "Alice User",
            created: (hoursAgo + 8) * hour,
            started: (hoursAgo + 2) * hour,
            ended: hoursAgo * hour,
            modified: hoursAgo * hour - 90,
            maximumRSS: 1_400_000,
            maximumPSS: 1_390_000,
            averageRSS: 1_100_000,
            cpuSeconds: 6100,
            events: 10000
        )
        change(&job)
        return job
    }

    /// A week of ordinary jobs, so that summaries have something to sum.
    private static func population() -> [MonitorJob] {
        MonitorPopulation.jobs(
            count: 280,
            firstID: 6_809_200_001,
            task: RecordedCases.doneTask,
            sites: [("BNL", "US"), ("MWT2", "US"), ("TRIUMF", "CA"), ("CERN-PROD", "CERN"), ("FZK-LCG2", "DE")],
            users: ["Alice User", "Bruno Tester", "Carla Sample"]
        )
    }

    private static let tasks = [
        MonitorTask(
            id: RecordedCases.runningTask,
            name: "user.alice.ttbar_ntuples_v3/",
            status: "running",
            user: "Alice User",
            created: 52 * hour,
            started: 50 * hour,
            modified: 1200,
            datasets: [
                .init(
                    type: "input",
                    name: "mc23_13p6TeV:mc23.ttbar.DAOD_PHYS.e8514",
                    files: 4875,
                    finished: 1112,
                    failed: 0
                ),
                .init(
                    type: "output",
                    name: "user.alice:user.alice.ttbar_ntuples_v3_EXT0",
                    files: 1112,
                    finished: 1112,
                    failed: 0
                ),
                .init(
                    type: "log",
                    name: "user.alice:user.alice.ttbar_ntuples_v3.log",
                    files: 1112,
                    finished: 1112,
                    failed: 0
                ),
            ]
        ),
        MonitorTask(
            id: RecordedCases.finishedTask,
            name: "user.alice.zjets_skim_v1/",
            status: "finished",
            user: "Alice User",
            created: 60 * hour,
            started: 58 * hour,
            ended: 2 * hour,
            modified: 2 * hour,
            errorDialog: "6 files failed in all attempts",
            datasets: [
                .init(
                    type: "input",
                    name: "mc23_13p6TeV:mc23.Zjets.DAOD_PHYS.e8514",
                    files: 480,
                    finished: 474,
                    failed: 6,
                    status: "finished"
                ),
                .init(
                    type: "output",
                    name: "user.alice:user.alice.zjets_skim_v1_EXT0",
                    files: 474,
                    finished: 474,
                    failed: 0,
                    status: "finished"
                ),
                .init(
                    type: "log",
                    name: "user.alice:user.alice.zjets_skim_v1.log",
                    files: 480,
                    finished: 474,
                    failed: 6,
                    status: "finished"
                ),
            ]
        ),
        MonitorTask(
            id: RecordedCases.doneTask,
            name: "user.bruno.calib_scan/",
            status: "done",
            user: "Bruno Tester",
            created: 170 * hour,
            started: 168 * hour,
            ended: 3 * hour,
            modified: 3 * hour,
            datasets: [
                .init(
                    type: "pseudo_input",
                    name: "pseudo_dataset",
                    files: 300,
                    finished: 300,
                    failed: 0,
                    status: "finished"
                ),
                .init(
                    type: "output",
                    name: "user.bruno:user.bruno.calib_scan_EXT0",
                    files: 300,
                    finished: 300,
                    failed: 0,
                    status: "finished"
                ),
            ]
        ),
        MonitorTask(
            id: RecordedCases.exhaustedTask,
            name: "user.carla.higgs_fit/",
            status: "exhausted",
            user: "Carla Sample",
            created: 30 * hour,
            started: 29 * hour,
            modified: 5 * hour,
            errorDialog: "scout jobs used more memory than any queue offers",
            datasets: [
                .init(
                    type: "input",
                    name: "data24_13p6TeV:data24.periodC.DAOD_PHYS",
                    files: 2100,
                    finished: 0,
                    failed: 10
                )
            ]
        ),
        MonitorTask(
            id: RecordedCases.brokenTask,
            name: "user.carla.no_output/",
            status: "broken",
            user: "Carla Sample",
            created: 20 * hour,
            modified: 20 * hour,
            errorDialog: "failed to parse task parameters: no output is given",
            datasets: []
        ),
    ]
}

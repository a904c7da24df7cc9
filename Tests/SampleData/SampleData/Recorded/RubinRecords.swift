/// The jobs and tasks of the Rubin monitor: those of the requests in ``IDDSRecords``.
enum RubinRecords {
    static let all = MonitorRecords(
        jobs: told + population(),
        tasks: IDDSRecords.all.flatMap { request in request.transforms.map { task(of: $0, in: request) } },
        defaultHours: 12
    )

    private static let told = [
        failed(RecordedCases.rubinMemoryJob) { job in
            job.errors.pilot = JobError(
                code: 1235,
                diagnosis: "Payload exceeded maximum allowed memory:job has exceeded the memory limit 8192000 kB "
                    + "with a resident set of 9437184 kB"
            )
            job.errors.transformationExit = "137"
            job.memoryLimit = 4000
            job.maximumRSS = 9_437_184
            job.logs = [MonitorLog(name: "pilotlog.txt", text: RecordedLogs.memory)]
        },
        failed(RecordedCases.rubinPayloadJob) { job in
            job.errors.pilot = JobError(
                code: 1305,
                diagnosis: "Failed to execute payload:MeasurementError: no reference objects"
            )
            job.errors.transformationExit = "1"
            job.logs = RecordedLogs.pipelineFiles
        },
    ]

    private static func failed(_ id: Int, _ change: (inout MonitorJob) -> Void) -> MonitorJob {
        var job = MonitorJob(
            id: id,
            task: RecordedCases.subFinishedTask,
            status: "failed",
            site: "SLAC_Rubin_4G",
            cloud: "US",
            user: "Erin Burke",
            created: 7 * 3600,
            started: 6 * 3600,
            ended: 5 * 3600,
            modified: 5 * 3600 - 60,
            label: "managed",
            virtualOrganization: "wlcg",
            processingType: "Rubin",
            cpuSeconds: 3100
        )
        change(&job)
        return job
    }

    private static func population() -> [MonitorJob] {
        let sites = [
            ("SLAC_Rubin_4G", "US"), ("SLAC_Rubin_16G", "US"), ("IN2P3_Rubin_8G", "EU"), ("RAL_Rubin_4G", "EU"),
            ("LANCS_Rubin_8G", "EU"),
        ]
        let tasks = IDDSRecords.all.flatMap(\.transforms).map(\.task)
        return tasks.enumerated().flatMap { index, task in
            MonitorPopulation.jobs(
                count: 20,
                firstID: 92_420_001 + index * 100,
                task: task,
                sites: sites.map { (name: $0.0, cloud: $0.1) },
                users: ["Erin Burke", "Farid Nasser"]
            )
        }.map { job in
            var job = job
            job.label = "managed"
            job.virtualOrganization = "wlcg"
            job.processingType = "Rubin"
            return job
        }
    }

    private static func task(of transform: IDDSTransform, in request: IDDSRequest) -> MonitorTask {
        MonitorTask(
            id: transform.task,
            name: transform.name,
            status: status(of: transform),
            user: request.user,
            created: request.created - 120,
            started: request.created - 600,
            ended: transform.isFinal ? request.updated : nil,
            modified: request.updated,
            label: "managed",
            type: "prod",
            virtualOrganization: "wlcg",
            processingType: "Rubin",
            datasets: [
                .init(
                    type: "pseudo_input",
                    name: "pseudo_dataset",
                    files: transform.outputTotal,
                    finished: transform.outputProcessed,
                    failed: transform.outputFailed
                )
            ]
        )
    }

    private static func status(of transform: IDDSTransform) -> String {
        switch transform.status {
        case "Finished": "done"
        case "SubFinished": "finished"
        case "Failed": "failed"
        case "Cancelled": "aborted"
        case "New": "registered"
        default: "running"
        }
    }
}

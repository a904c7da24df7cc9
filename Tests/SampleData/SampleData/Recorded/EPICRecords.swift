/// The jobs of ePIC's PanDA monitor whose logs can be fetched; all else about them is in the databases.
enum EPICRecords {
    static let all = MonitorRecords(
        jobs: [
            job(EdgeCases.jobWithSeveralErrors, RecordedLogs.stageIn),
            job(EdgeCases.jobWithHostileDiagnosis, RecordedLogs.hostile),
        ],
        tasks: [],
        defaultHours: 12
    )

    private static func job(_ id: Int, _ log: @escaping @Sendable (SampleInstant) -> String) -> MonitorJob {
        var job = MonitorJob(
            id: id,
            task: EdgeCases.taskOfEdgeCases,
            status: "failed",
            site: "BNL_PanDA_1",
            cloud: "US",
            user: "Ada Fischer",
            created: 3 * 3600,
            started: 2 * 3600,
            ended: 1800,
            modified: 1700,
            virtualOrganization: "epic"
        )
        job.logs = [MonitorLog(name: "pilotlog.txt", text: log)]
        return job
    }
}

/// Makes the tasks and jobs of ``EdgeCases``.
struct EdgeJobs {
    private let clock: SampleClock

    init(clock: SampleClock) {
        self.clock = clock
    }

    /// The tasks, in the order of their identifiers.
    func tasks() -> [SampleTask] {
        var wildcards = task(EdgeCases.taskWithWildcardsInName, EdgeCases.nameWithWildcards, "done")
        wildcards.finishedFiles = 3
        let decoy = task(EdgeCases.taskMatchingOnlyAsWildcard, EdgeCases.nameMatchingOnlyAsWildcard, "done")
        let huge = task(EdgeCases.taskWithHugeParameters, "user.afischer.many_inputs", "ready")
        var stale = task(EdgeCases.staleTask, "user.drao.forgotten", "running")
        stale.created = clock.ago(days: 90)
        stale.started = clock.ago(days: 90)
        stale.modified = clock.ago(hours: 4)
        var untyped = task(EdgeCases.taskWithoutProcessingType, "user.drao.untyped_null", "done")
        untyped.processingType = nil
        var blank = task(EdgeCases.taskWithEmptyProcessingType, "user.drao.untyped_blank", "done")
        blank.processingType = ""
        return [wildcards, decoy, huge, stale, untyped, blank, taskOfJobs()]
    }

    /// The archived jobs, in the order of their identifiers.
    func archivedJobs() -> [SampleJob] {
        let jobs = [
            finished(EdgeCases.jobInBothTables),
            cancelledAtEpoch(),
            closedWithoutStart(),
            failed(EdgeCases.jobWithoutSite) { $0.site = nil },
            failed(EdgeCases.jobWithoutUser) { $0.user = nil },
            failed(EdgeCases.jobAtSiteWithUnderscore) { $0.site = EdgeCases.siteWithUnderscore },
            failed(EdgeCases.jobAtSiteMatchingOnlyAsWildcard) { $0.site = EdgeCases.siteMatchingOnlyAsWildcard },
            failed(EdgeCases.jobWithLongDiagnosis) { $0.errors.pilot.diagnosis = Self.longDiagnosis },
            failed(EdgeCases.jobWithNonASCIIText) { job in
                job.user = EdgeCases.nonASCIIUser
                job.errors.pilot = JobError(code: 1103, diagnosis: EdgeCases.nonASCIIDiagnosis)
            },
            failed(EdgeCases.jobWithoutFiles) { _ in },
            finished(EdgeCases.jobWithTwoWorkers),
            failed(EdgeCases.jobWithHostileDiagnosis) { $0.errors.pilot.diagnosis = EdgeCases.hostileText },
            failed(EdgeCases.jobWithSeveralErrors) { job in
                job.errors.pilot = JobError(code: 1099, diagnosis: "Failed to stage-in file:EICrecon_0.root")
                job.errors.ddm = JobError(code: 200, diagnosis: "could not register the outputs")
                job.errors.dispatcher = JobError(code: 100, diagnosis: "lost heartbeat : \(job.modified.zonelessText)")
                job.errors.transformationExit = "65"
            },
            failed(EdgeCases.jobAtNERSC) { $0.site = "NERSC_Perlmutter_epic" },
            failed(EdgeCases.jobWithPlainPilotIdentifier) { $0.pilot = "slurm-20771431" },
            failed(EdgeCases.jobWithoutDiagnosis) { $0.errors.pilot = JobError(code: 1201, diagnosis: nil) },
        ]
        return jobs
    }

    /// The one job that is in the active table too.
    func activeJobs() -> [SampleJob] {
        var job = finished(EdgeCases.jobInBothTables)
        job.status = "running"
        job.ended = nil
        job.modified = clock.ago(minutes: 40)
        return [job]
    }

    private static let longDiagnosis: String = {
        let text =
            "Payload exceeded maximum allowed memory:" + String(repeating: "rss=8123456 limit=4096000; ", count: 20)
        return String(text.prefix(500))
    }()

    private func cancelledAtEpoch() -> SampleJob {
        var job = base(EdgeCases.jobWithEpochStart, status: "cancelled")
        job.started = SampleInstant(microseconds: 0)
        job.ended = SampleInstant(microseconds: 0)
        job.pilot = nil
        job.errors.taskBuffer = JobError(code: 100, diagnosis: "killed by the owner of the task")
        return job
    }

    private func closedWithoutStart() -> SampleJob {
        var job = base(EdgeCases.jobWithoutStart, status: "closed")
        job.started = nil
        job.ended = nil
        job.pilot = nil
        job.errors.taskBuffer = JobError(code: 300, diagnosis: "reassigned by JEDI")
        return job
    }

    private func finished(_ id: Int) -> SampleJob {
        var job = base(id, status: "finished")
        job.outputFiles = 2
        job.outputBytes = 314_159_265
        return job
    }

    private func failed(_ id: Int, _ change: (inout SampleJob) -> Void) -> SampleJob {
        var job = base(id, status: "failed")
        job.errors.pilot = JobError(code: 1235, diagnosis: "Payload exceeded maximum allowed memory")
        change(&job)
        return job
    }

    private func base(_ id: Int, status: String) -> SampleJob {
        let offset = id - EdgeCases.jobInBothTables
        let task = taskOfJobs()
        var job = SampleJob(
            task: task,
            status: status,
            site: "BNL_PanDA_1",
            user: task.userName,
            name: "\(task.name).\(id)",
            created: clock.ago(hours: 6, minutes: offset),
            modified: clock.ago(minutes: 30 + offset)
        )
        job.pandaID = id
        job.started = clock.ago(hours: 4, minutes: offset)
        job.ended = clock.ago(minutes: 32 + offset)
        job.node = offset + 1
        job.cpuSeconds = 9000
        job.maximumRSS = 1_900_000
        job.maximumPSS = 1_800_000
        job.averageRSS = 1_200_000
        job.events = 1000
        job.inputBytes = 100_000_000
        job.pilot = "https://pilot-logs.example.org/edge/\(id).out|Condor|PR|3.9.1.10"
        return job
    }

    private func taskOfJobs() -> SampleTask {
        var task = task(EdgeCases.taskOfEdgeCases, "user.afischer.edge_cases", "finished")
        task.finishedFiles = 2
        task.failedFiles = 12
        return task
    }

    private func task(_ id: Int, _ name: String, _ status: String) -> SampleTask {
        SampleTask(
            id: id,
            name: name,
            status: status,
            user: SampleUser.all[0],
            userName: SampleUser.all[0].name,
            processingType: SampleUser.all[2].processingType,
            request: 900,
            site: nil,
            cores: 1,
            transformation: "runGen.py",
            created: clock.ago(hours: 8),
            started: clock.ago(hours: 7),
            ended: SampleTask.finalStatuses.contains(status) ? clock.ago(minutes: 20) : nil,
            modified: clock.ago(minutes: 20)
        )
    }
}

/// Makes ordinary jobs of the last seven days.
enum MonitorPopulation {
    /// So many jobs: 84 % finished, 12 % failed, 4 % running; the later, the more of them.
    static func jobs(
        count: Int,
        firstID: Int,
        task: Int,
        sites: [(name: String, cloud: String)],
        users: [String]
    ) -> [MonitorJob] {
        var random = SampleRandom(seed: UInt64(firstID), stream: "monitor")
        return (0..<count).map { index in
            let site = random.element(of: sites, or: ("BNL", "US"))
            let status = random.pick(("finished", 84), ("failed", 12), ("running", 4))
            let ended = status == "running" ? 0 : random.between(600, 1 + random.between(3600, 166 * 3600))
            let ran = random.between(1200, 5 * 3600)
            var job = MonitorJob(
                id: firstID + index,
                task: task,
                status: status,
                site: site.name,
                cloud: site.cloud,
                user: random.element(of: users, or: "Alice User"),
                created: ended + ran + random.between(300, 9 * 3600),
                started: ended + ran,
                ended: status == "running" ? nil : ended,
                modified: status == "running" ? random.between(60, 1500) : max(30, ended - 100)
            )
            job.cpuSeconds = ran * random.between(40, 96) / 100
            job.maximumRSS = random.between(700_000, 1_900_000)
            job.events = 2000
            if status == "failed" { job.errors = errors(&random) }
            return job
        }
    }

    private static func errors(_ random: inout SampleRandom) -> JobErrors {
        var errors = JobErrors()
        switch random.below(10) {
        case 0..<4:
            errors.pilot = JobError(code: 1305, diagnosis: "Failed to execute payload")
            errors.transformationExit = "1"
        case 4..<6: errors.pilot = JobError(code: 1099, diagnosis: "Failed to stage-in file")
        case 6..<8: errors.pilot = JobError(code: 1235, diagnosis: "Payload exceeded maximum allowed memory")
        case 8: errors.dispatcher = JobError(code: 100, diagnosis: "lost heartbeat")
        default: errors.pilot = JobError(code: 1150, diagnosis: "Looping job killed by pilot")
        }
        return errors
    }
}

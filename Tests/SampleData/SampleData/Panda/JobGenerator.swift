/// Makes the jobs of the tasks.
struct JobGenerator {
    private let clock: SampleClock
    private var random: SampleRandom
    private var failures: FailureGenerator

    /// The first identifier; the others follow in the order of creation.
    static let firstID = 1_670_001

    init(seed: UInt64, clock: SampleClock) {
        self.clock = clock
        random = SampleRandom(seed: seed, stream: "jobs")
        failures = FailureGenerator(seed: seed)
    }

    /// So many jobs, 3 % of them active, oldest first; the counts of files in `tasks` follow from them.
    mutating func jobs(count: Int, of tasks: inout [SampleTask]) -> [SampleJob] {
        let activeCount = count * 3 / 100
        var jobs: [SampleJob] = []
        jobs.reserveCapacity(count)
        let total = tasks.reduce(0) { $0 + $1.jobWeight }
        var owed = 0
        for index in tasks.indices where tasks[index].jobWeight > 0 {
            // Dealt by the running remainder, so that the sum is exact.
            owed += (count - activeCount) * tasks[index].jobWeight
            while owed >= total {
                owed -= total
                jobs.append(archivedJob(of: tasks[index]))
            }
        }
        let running = tasks.filter { $0.status == "running" }
        if !running.isEmpty {
            for index in 0..<activeCount { jobs.append(activeJob(of: running[index % running.count])) }
        }
        jobs.sort { $0.created < $1.created }
        for index in jobs.indices { number(&jobs[index], Self.firstID + index) }
        countFiles(of: jobs, into: &tasks)
        return jobs
    }

    private mutating func archivedJob(of task: SampleTask) -> SampleJob {
        let status = finalStatus(in: task.status)
        let earliest = task.created.adding(seconds: 600)
        let latest = max(min(task.ended ?? clock.ago(minutes: 2), clock.ago(minutes: 2)), earliest.adding(seconds: 600))
        let span = latest.seconds(since: earliest)
        let ended = earliest.adding(seconds: random.between(min(300, span), span))
        let room = ended.seconds(since: task.created)
        let ran = min(random.between(600, 8 * 3600), room / 2)
        let waited = min(random.between(60, 6 * 3600), room - ran)
        var job = newJob(of: task, status: status, created: ended.adding(seconds: -ran - waited))
        job.modified = min(ended.adding(seconds: random.between(20, 100)), clock.ago(seconds: 10))
        let neverStarted = status == "closed" || (status == "cancelled" && random.chance(percent: 70))
        if !neverStarted && !random.chance(percent: 1) {
            job.started = ended.adding(seconds: -ran)
            job.ended = ended
            fillUsage(&job, seconds: ran)
        } else {
            job.ended = neverStarted ? nil : ended
        }
        job.errors = failures.errors(status: status, ended: ended)
        if job.errors.pilot.code == 1235 { job.maximumRSS = random.between(2_100_000, 9_400_000) }
        if status == "finished" {
            job.outputFiles = 2
            job.outputBytes = random.between(50_000_000, 2_400_000_000)
        }
        return job
    }

    private mutating func activeJob(of task: SampleTask) -> SampleJob {
        let status = random.pick(
            ("running", 45),
            ("activated", 25),
            ("starting", 8),
            ("holding", 5),
            ("transferring", 5),
            ("assigned", 4),
            ("defined", 4),
            ("sent", 2),
            ("merging", 1),
            ("waiting", 1)
        )
        let age = random.between(1200, 20 * 3600)
        let created = max(clock.ago(seconds: age), task.created.adding(seconds: 60))
        var job = newJob(of: task, status: status, created: created)
        job.modified = clock.ago(seconds: random.between(10, 1500))
        if job.modified < created { job.modified = created.adding(seconds: 30) }
        if ["running", "holding", "transferring", "merging"].contains(status) {
            let elapsed = clock.now.seconds(since: created)
            let ran = random.between(elapsed / 4, elapsed * 3 / 4)
            job.started = clock.ago(seconds: ran)
            fillUsage(&job, seconds: ran)
            if status != "running" { job.ended = clock.ago(seconds: min(ran / 3, 1500)) }
        } else {
            job.pilot = nil
        }
        return job
    }

    private mutating func newJob(of task: SampleTask, status: String, created: SampleInstant) -> SampleJob {
        let site = task.site ?? random.pick(SampleQueue.weights[0], among: Array(SampleQueue.weights.dropFirst()))
        var job = SampleJob(
            task: task,
            status: status,
            site: site,
            user: task.userName,
            name: "",
            created: created,
            modified: created
        )
        job.attempt = random.pick((1, 80), (2, 15), (3, 5))
        job.node = random.between(1, 640)
        job.priority = random.between(800, 1000)
        job.events = random.element(of: [100, 500, 1000, 2000], or: 1000)
        job.inputBytes = random.between(1_000_000, 900_000_000)
        job.destination = site.hasPrefix("E1_JLAB") ? "EIC-XRD" : "BNL_PROD_DISK_1"
        return job
    }

    private mutating func fillUsage(_ job: inout SampleJob, seconds: Int) {
        job.cpuSeconds = seconds * job.task.cores * random.between(35, 97) / 100
        let resident = random.between(600_000, 1_900_000) * (job.task.cores > 1 ? 3 : 1)
        job.maximumRSS = resident
        job.maximumPSS = resident * 94 / 100
        job.averageRSS = resident * 71 / 100
    }

    private func number(_ job: inout SampleJob, _ id: Int) {
        job.pandaID = id
        job.name = "\(job.task.name).\(id)"
        if job.attempt > 1 { job.parent = id - job.attempt }
        guard job.started != nil else { return }
        let day = job.created.isoText.prefix(10)
        job.pilot = "https://pilot-logs.example.org/\(day)/\(id).out|Condor|PR|3.9.1.10"
    }

    private mutating func finalStatus(in taskStatus: String) -> String {
        switch taskStatus {
        case "finished": random.pick(("finished", 78), ("failed", 16), ("cancelled", 3), ("closed", 3))
        case "running": random.pick(("finished", 88), ("failed", 8), ("cancelled", 1), ("closed", 3))
        case "failed": random.pick(("finished", 10), ("failed", 80), ("cancelled", 5), ("closed", 5))
        case "aborted": random.pick(("finished", 25), ("failed", 10), ("cancelled", 60), ("closed", 5))
        default: random.pick(("finished", 90), ("failed", 7), ("cancelled", 1), ("closed", 2))
        }
    }

    private func countFiles(of jobs: [SampleJob], into tasks: inout [SampleTask]) {
        let indexes = Dictionary(tasks.enumerated().map { ($0.element.id, $0.offset) }, uniquingKeysWith: { $1 })
        for job in jobs {
            guard let index = indexes[job.task.id] else { continue }
            if job.isActive {
                tasks[index].activeFiles += 1
            } else if job.status == "finished" {
                tasks[index].finishedFiles += 1
            } else if job.status == "failed" && (job.attempt == 3 || ["failed", "finished"].contains(job.task.status)) {
                tasks[index].failedFiles += 1
            }
        }
    }
}

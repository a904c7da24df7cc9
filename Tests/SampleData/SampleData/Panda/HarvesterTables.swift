/// Writes the workers of recent jobs, which worker carried which job, and how many workers there are now.
struct HarvesterTables {
    private let clock: SampleClock
    private var random: SampleRandom

    static let instance = "CERN_central_EIC"

    init(seed: UInt64, clock: SampleClock) {
        self.clock = clock
        random = SampleRandom(seed: seed, stream: "harvester")
    }

    private struct Worker {
        let id: Int
        let job: SampleJob
        /// The status of the worker, which outlives its job.
        let status: String

        var stem: String { "https://pilot-logs.example.org/harvester/\(id)" }
    }

    /// The tables of workers and of their jobs.
    func workers(of jobs: [SampleJob]) -> [SampleTable] {
        var workers: [Worker] = []
        workers.reserveCapacity(jobs.count + 1)
        for job in jobs where job.started != nil {
            let copies = job.pandaID == EdgeCases.jobWithTwoWorkers ? 2 : 1
            for _ in 0..<copies {
                workers.append(Worker(id: 9_000_001 + workers.count, job: job, status: status(of: job)))
            }
        }
        return [table(of: workers), relation(of: workers)]
    }

    private func status(of job: SampleJob) -> String {
        switch job.status {
        case "finished": "finished"
        case "cancelled", "closed": "cancelled"
        case "failed": job.errors.dispatcher.code == 100 ? "missed" : "finished"
        default: "running"
        }
    }

    private func table(of workers: [Worker]) -> SampleTable {
        var writer = SampleTableWriter<Worker>(SampleSchema.workers)
        writer.text("harvesterid") { _ in Self.instance }
        writer.integer("workerid") { $0.id }
        writer.time("lastupdate") { $0.job.modified }
        writer.text("status") { $0.status }
        writer.text("batchid") { "\($0.id % 100_000).0" }
        writer.text("nodeid") { "node\($0.job.node).example.org" }
        writer.text("computingsite") { $0.job.site }
        writer.time("submittime") { $0.job.created }
        writer.time("starttime") { $0.job.started }
        writer.time("endtime") { $0.job.ended }
        writer.integer("ncore") { $0.job.task.cores }
        writer.integer("errorcode") { _ in 0 }
        writer.text("stdout") { $0.stem + ".out" }
        writer.text("stderr") { $0.stem + ".err" }
        writer.text("batchlog") { $0.stem + ".log" }
        writer.text("resourcetype") { $0.job.task.cores > 1 ? "MCORE" : "SCORE" }
        writer.text("jobtype") { $0.job.task.isTest ? "test" : "managed" }
        writer.text("nativestatus") { $0.status }
        writer.text("computingelement") { "gate\($0.job.node % 4).example.org" }
        writer.integer("njobs") { _ in 1 }
        writer.time("pilotstarttime") { $0.job.started }
        return writer.table(of: workers)
    }

    private func relation(of workers: [Worker]) -> SampleTable {
        var writer = SampleTableWriter<Worker>(SampleSchema.workerJobs)
        writer.text("harvesterid") { _ in Self.instance }
        writer.integer("workerid") { $0.id }
        writer.integer("pandaid") { $0.job.pandaID }
        writer.time("lastupdate") { $0.job.modified }
        return writer.table(of: workers)
    }

    private struct Count {
        let site: String
        let resourceType: String
        let status: String
        let jobType: String
        let workers: Int
        let updated: SampleInstant
    }

    /// Counts by site, resource type, status and job type, all updated within the last minutes.
    mutating func counts() -> SampleTable {
        var counts: [Count] = []
        for queue in SampleQueue.all where queue.status != "offline" {
            for resourceType in ["SCORE", "MCORE"] {
                for (status, most) in [("submitted", 40), ("running", 120), ("finished", 60), ("failed", 9)] {
                    for jobType in ["test", "managed"] {
                        let workers = random.below(jobType == "test" ? most : most / 10)
                        counts.append(
                            Count(
                                site: queue.name,
                                resourceType: resourceType,
                                status: status,
                                jobType: jobType,
                                workers: workers,
                                updated: clock.ago(seconds: random.between(5, 600))
                            )
                        )
                    }
                }
            }
        }
        var writer = SampleTableWriter<Count>(SampleSchema.workerCounts)
        writer.text("harvester_id") { _ in Self.instance }
        writer.text("computingsite") { $0.site }
        writer.text("resourcetype") { $0.resourceType }
        writer.text("status") { $0.status }
        writer.text("jobtype") { $0.jobType }
        writer.integer("n_workers") { $0.workers }
        writer.time("lastupdate") { $0.updated }
        return writer.table(of: counts)
    }
}

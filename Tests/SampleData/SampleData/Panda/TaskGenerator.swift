/// Makes the tasks: which exist, when they lived, and how many jobs they get.
struct TaskGenerator {
    private let clock: SampleClock
    private var random: SampleRandom

    /// The first identifier; the others follow in the order of creation.
    static let firstID = 38_101

    init(seed: UInt64, clock: SampleClock) {
        self.clock = clock
        random = SampleRandom(seed: seed, stream: "tasks")
    }

    /// Statuses in the order they are dealt: 30 % done and 10 % of each of the others.
    private static let deal = [
        "done", "finished", "done", "failed", "running", "done", "aborted", "broken", "ready", "pending",
    ]

    /// So many tasks, oldest first, with the mix of statuses of ``deal``.
    mutating func tasks(count: Int) -> [SampleTask] {
        var drafts = (0..<count).map { index in
            let status = Self.deal[index % Self.deal.count]
            return (status: status, age: age(of: status))
        }
        drafts.sort { ($0.age, $0.status) > ($1.age, $1.status) }
        return drafts.enumerated().map { index, draft in
            task(index: index, status: draft.status, age: draft.age)
        }
    }

    /// Seconds since creation: tasks that still live are at most six days old, of the others a fifth lies in the
    /// last week and the rest within 178 days.
    private mutating func age(of status: String) -> Int {
        switch status {
        case "ready", "pending": random.between(600, 2 * 86400)
        case "running": random.between(6 * 3600, 6 * 86400)
        default: random.chance(percent: 20) ? random.between(5400, 7 * 86400) : random.between(7 * 86400, 178 * 86400)
        }
    }

    private mutating func task(index: Int, status: String, age: Int) -> SampleTask {
        let user = random.pick((SampleUser.all[0], 40), among: SampleUser.all.dropFirst().map { ($0, $0.weight) })
        let created = clock.ago(seconds: age)
        let hasStarted = !["ready", "pending", "broken"].contains(status)
        let started = hasStarted ? created.adding(seconds: min(random.between(300, 3600), age / 3)) : nil
        let isFinal = SampleTask.finalStatuses.contains(status)
        let ended = isFinal && hasStarted ? created.adding(seconds: lifetime(within: age)) : nil
        let quiet = random.between(60, max(61, min(age / 2, 1800)))
        var task = SampleTask(
            id: Self.firstID + index,
            name: name(user: user, index: index),
            status: status,
            user: user,
            userName: user.name,
            processingType: user.processingType,
            request: 100 + index / 8,
            site: random.chance(percent: 40) ? nil : random.element(of: SampleQueue.workhorses, or: "BNL_PanDA_1"),
            cores: random.pick((1, 80), (8, 15), (4, 5)),
            transformation: user.processingType == "epicproduction" ? "runcontainer" : "runGen.py",
            created: created,
            started: started,
            ended: ended,
            modified: ended ?? (status == "broken" ? created.adding(seconds: 120) : clock.ago(seconds: quiet))
        )
        task.isTest = !random.chance(percent: 1)
        task.jobWeight = Self.jobWeights[status] ?? 0
        task.attempts = random.chance(percent: 10) ? 1 : 0
        task.errorDialog = Self.dialogs[status]
        return task
    }

    /// How long a task that ended lived.
    private mutating func lifetime(within age: Int) -> Int {
        let longest = max(3600, age - 300)
        return min(longest, random.between(4 * 3600, 60 * 3600))
    }

    private mutating func name(user: SampleUser, index: Int) -> String {
        switch user.processingType {
        case "epicproduction":
            let tag = random.element(of: ["p1003.e1", "p1005.e1", "p2017.e3", "p3027.e10", "p4031.e9"], or: "p1003.e1")
            return "group.EIC.26.02.0.epic_craterlake.\(tag).s1.r1.b\(index + 1)"
        case "stfprocessing":
            return "swf.stfprocessing.\(100_010 + index).\(random.hexadecimal(6))"
        default:
            let topic = random.element(of: ["dis_scan", "jpsi_reco", "calib_zdc", "b0_occupancy"], or: "dis_scan")
            return "user.\(user.login).\(topic)_v\(index % 9 + 1).\(random.hexadecimal(4))"
        }
    }

    private static let jobWeights = ["done": 30, "finished": 20, "running": 30, "failed": 5, "aborted": 7]

    private static let dialogs = [
        "failed": "more than half of the scout jobs failed",
        "broken": "failed to parse task parameters: no output data set is given",
        "aborted": "aborted on request of the owner",
        "pending": "no candidates: 2 queues skipped because of memory, 5 because of status",
    ]
}

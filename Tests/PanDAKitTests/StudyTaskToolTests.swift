import JSON
import PanDAKit
import PluginKit
import PluginTesting
import Testing

@Suite struct StudyTaskToolTests {
    static let now = Timestamp(seconds: 1_795_226_400)

    private struct TasksInMemory: TaskReading {
        let task: TaskFacts?

        func task(withID jeditaskid: Int, in context: CallContext) async throws(ToolError) -> TaskFacts? {
            task.flatMap { $0.jeditaskid == jeditaskid ? $0 : nil }
        }
    }

    func study(_ facts: TaskFacts) async throws -> JSONValue {
        try await CallHarness(StudyTaskTool(tasks: TasksInMemory(task: facts)), host: SourcesInMemory(), now: Self.now)
            .call(["jeditaskid": .integer(facts.jeditaskid)])
    }

    func task(_ status: String, total: Int? = nil, finished: Int? = nil, failed: Int? = nil) -> TaskFacts {
        var facts = TaskFacts(jeditaskid: 7, status: status)
        facts.counts.total = total
        facts.counts.finished = finished
        facts.counts.failed = failed
        return facts
    }

    @Test(arguments: [
        (4875, 1112, 22), (3, 2, 66), (1000, 999, 99), (1000, 1000, 100), (1, 0, 0), (10, 11, 100),
    ])
    func `percentages are cut, never rounded up`(total: Int, finished: Int, percent: Int) async throws {
        let answer = try await study(task("running", total: total, finished: finished, failed: 0))
        #expect(answer["progress"]?["percent_finished"]?.integer == percent)
    }

    @Test func `without counts the source's own percentage is told`() async throws {
        var facts = task("running", total: nil, finished: nil)
        facts.counts.reportedPercentFinished = 41
        #expect(try await study(facts)["progress"] == ["percent_finished": 41])
        facts.counts.total = 100
        facts.counts.finished = 5
        #expect(try await study(facts)["progress"]?["percent_finished"] == 5)
    }

    @Test func `a task without files has no percentage`() async throws {
        let answer = try await study(task("running", total: 0, finished: 0, failed: 0))
        #expect(answer["progress"] == ["files_total": 0, "files_finished": 0, "files_failed": 0])
        #expect(answer["summary"] == "Task 7 is running: generating and running jobs.")
    }

    @Test(arguments: [
        ("running", "Task 7 is running: 1 of 2 files done (50 %), 1 failed."),
        (
            "exhausted",
            "Task 7 is exhausted: 1 of 2 files done (50 %), 1 failed. The system gave it up; a person must act."
        ),
        ("somewhere", "Task 7 is somewhere: 1 of 2 files done (50 %), 1 failed."),
    ])
    func `the summary says how it stands`(status: String, summary: String) async throws {
        let answer = try await study(task(status, total: 2, finished: 1, failed: 1))
        #expect(answer["summary"]?.string == summary)
    }

    @Test func `times end with the task, or are counted until now`() async throws {
        var facts = task("running")
        facts.created = Self.now.adding(seconds: -7200)
        facts.started = Self.now.adding(seconds: -3600)
        facts.ended = Timestamp(seconds: 0)
        let open = try await study(facts)["times"]
        #expect(open?["age"] == "2 h 0 min")
        #expect(open?["running_seconds"] == 3600)
        #expect(open?["ended"] == nil)
        facts.status = "done"
        facts.ended = Self.now.adding(seconds: -1800)
        let closed = try await study(facts)["times"]
        #expect(closed?["running"] == "30 min")
        #expect(closed?["age_seconds"] == 5400)
    }

    @Test(arguments: [
        ("running", ["retry", "finish", "kill", "reassign", "pause"]), ("done", ["incexec"]),
        ("finished", ["retry", "incexec"]), ("failed", ["retry", "incexec"]), ("aborted", ["retry", "incexec"]),
        ("exhausted", ["retry", "incexec", "finish", "kill", "reassign", "pause"]),
        ("paused", ["finish", "kill", "resume"]), ("broken", []), ("aborting", []), ("prepared", []),
        ("somewhere", []),
    ])
    func `the commands are those the server takes`(status: String, commands: [String]) {
        #expect(TaskCommands.legal(in: status).map(\.command) == commands)
    }

    @Test func `jobs are counted in the order of their states`() {
        let counts = TaskJobCounts(
            [("failed", "B"), ("odd", nil), ("running", "A"), ("pending", nil), ("failed", "B"), ("finished", "A")],
            errors: []
        )
        #expect(counts.total == 6)
        #expect(counts.byStatus.map(\.status) == ["pending", "running", "finished", "failed", "odd"])
        #expect(counts.bySite.map(\.site) == ["A", "B"])
        #expect(counts.bySite.map(\.failed) == [0, 2])
    }

    @Test(arguments: [20, 21])
    func `at most twenty sites are told`(count: Int) {
        let counts = TaskJobCounts((0..<count).map { ("running", "S\($0)") }, errors: [])
        #expect(counts.bySite.count == 20)
        #expect(counts.total == count)
    }

    @Test func `counts over datasets look at the input only`() {
        func set(_ type: String, _ files: Int?) -> TaskDataset {
            TaskDataset(name: "d", type: type, status: nil, files: files, finished: 1, failed: nil, datasetID: nil)
        }
        let counts = TaskFileCounts(over: [
            set("input", 10), set("pseudo_input", 5), set("output", 99), set("input", nil),
        ])
        #expect(counts.total == 15)
        #expect(counts.finished == 3)
        #expect(counts.failed == nil)
        #expect(TaskFileCounts(over: []).total == nil)
    }

    @Test func `an unknown task is not found`() async {
        let harness = CallHarness(
            StudyTaskTool(tasks: TasksInMemory(task: nil)),
            host: SourcesInMemory(),
            now: Self.now
        )
        let error = ToolError(
            .notFound,
            "There is no task 7.",
            hint: "Check the number; the id of a job is not the id of a task."
        )
        await #expect(throws: CallHarness.Failure.tool(error)) { try await harness.call(["jeditaskid": 7]) }
    }
}

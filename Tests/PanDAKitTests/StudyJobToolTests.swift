import JSON
import PanDAKit
import PluginKit
import PluginTesting
import Testing

@Suite struct StudyJobToolTests {
    static let now = Timestamp(seconds: 1_795_226_400)

    private struct JobsInMemory: JobReading {
        let job: JobFacts?

        func job(withID pandaid: Int, in context: CallContext) async throws(ToolError) -> JobFacts? { job }
    }

    func study(_ facts: JobFacts) async throws -> JSONValue {
        try await CallHarness(StudyJobTool(jobs: JobsInMemory(job: facts)), host: SourcesInMemory(), now: Self.now)
            .call(["pandaid": .integer(facts.pandaid)])
    }

    @Test func `tells the error that explains the failure`() async throws {
        var facts = JobFacts(pandaid: 7, status: "failed")
        facts.errors = JobErrors.all(
            code: { [.ddm: 200, .pilot: 1099, .transformation: 65][$0] },
            diagnosis: { $0 == .pilot ? "Failed to stage-in file:x" : nil }
        )
        let answer = try await study(facts)
        #expect(answer["errors"]?.array?.count == 3)
        #expect(answer["primary_error"]?["component"] == "pilot")
        #expect(
            answer["summary"]
                == "Job 7 failed. Main error: pilot 1099 (STAGEINFAILED): Failed to stage-in file."
        )
    }

    @Test func `the task buffer only repeats what the supervisor says`() async throws {
        var facts = JobFacts(pandaid: 7, status: "failed")
        facts.errors = JobErrors.all(code: { [.taskbuffer: 300, .supervisor: 2][$0] }, diagnosis: { _ in nil })
        #expect(try await study(facts)["primary_error"]?["component"] == "supervisor")
        facts.errors = JobErrors.all(code: { [.taskbuffer: 300][$0] }, diagnosis: { _ in nil })
        #expect(try await study(facts)["primary_error"]?["component"] == "taskbuffer")
    }

    @Test func `a code that no table has is still told`() async throws {
        var facts = JobFacts(pandaid: 7, status: "failed")
        facts.errors = JobErrors.all(code: { [.pilot: 9999][$0] }, diagnosis: { _ in "" })
        #expect(try await study(facts)["primary_error"] == ["component": "pilot", "code": 9999])
    }

    @Test(arguments: [
        ("running", "2 h 0 min", false), ("holding", "1 h 0 min", true), ("transferring", "1 h 0 min", true),
        ("finished", "1 h 0 min", true), ("odd", "2 h 0 min", false),
    ])
    func `an end time counts once the payload is over`(status: String, running: String, isOver: Bool) async throws {
        var facts = JobFacts(pandaid: 7, status: status)
        facts.started = Self.now.adding(seconds: -7200)
        facts.ended = Self.now.adding(seconds: -3600)
        let times = try await study(facts)["times"]
        #expect(times?["running"]?.string == running)
        #expect((times?["ended"] != nil) == isOver)
    }

    @Test func `a job that is not there is not found`() async {
        let harness = CallHarness(StudyJobTool(jobs: JobsInMemory(job: nil)), host: SourcesInMemory(), now: Self.now)
        let error = ToolError(
            .notFound,
            "There is no job 7.",
            hint: "Check the number; the id of a task is not the id of a job."
        )
        await #expect(throws: CallHarness.Failure.tool(error)) { try await harness.call(["pandaid": 7]) }
    }

    @Test func `hidden characters do not save a credential`() async throws {
        var facts = JobFacts(pandaid: 7, status: "failed")
        facts.errors = JobErrors.all(
            code: { $0 == .pilot ? 1 : nil },
            diagnosis: { _ in "x Bear\u{200D}er abcdefghijklmnopqrstuvwxyz y" }
        )
        #expect(try await study(facts)["primary_error"]?["diagnosis"] == "x [redacted] y")
    }
}

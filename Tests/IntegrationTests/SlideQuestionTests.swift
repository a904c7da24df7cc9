import JSON
import SampleData
import Synchronization
import TestSupport
import Testing

/// What people ask about the grid, in their words: each answered by the real program in at most two calls, whose answers
/// together take at most 16 KiB.
@Suite("Questions about the grid")
struct SlideQuestionTests {
    /// The calls of one question; too many or too large ones are faults.
    private final class Asker: Sendable {
        private static let mostCalls = 2
        private static let mostBytes = 16 << 10

        private let gateway: GatewayProcess
        private let token: String
        private let spent = Mutex<(calls: Int, bytes: Int)>((0, 0))

        init(_ gateway: GatewayProcess, _ token: String) {
            self.gateway = gateway
            self.token = token
        }

        func call(_ tool: String, _ arguments: JSONValue = [:]) async throws -> JSONValue {
            let result = try await gateway.call(tool, arguments, token: token)
            #expect(result["isError"] == false, "\(tool): \(result)")
            let answer = try #require(result["structuredContent"])
            let spent = spent.withLock { spent in
                spent.calls += 1
                spent.bytes += answer.serialized.count
                return spent
            }
            #expect(spent.calls <= Self.mostCalls)
            #expect(spent.bytes <= Self.mostBytes, "\(tool): \(spent.bytes) bytes")
            return answer
        }
    }

    /// A gateway with the handbook, which nobody stops.
    private static let started = Task {
        var settings = SiteSettings()
        settings.documents = ["atlas": "{docs: handbook}", "rubin": "{docs: handbook}"]
        let gateway = try await GatewayProcess.start(settings)
        let indexed = try await DocumentTests.index(DocumentTests.handbook, configuration: gateway.configuration)
        guard indexed.exitStatus == 0 else { throw SetupFailure("The handbook is not indexed: \(indexed)") }
        return gateway
    }

    private func asker() async throws -> Asker {
        let gateway = try await Self.started.value
        return Asker(gateway, try await gateway.token(roles: ["atlas.user", "rubin.user"]))
    }

    @Test func `how do I submit a job to the grid?`() async throws {
        let answer = try await asker().call("atlas_ask_docs", ["question": "How do I submit a job to the grid?"])
        let documents = answer["passages"]?.array?.compactMap { $0["document"]?.string } ?? []
        #expect(documents.prefix(5).contains("guide/submitting.md"), "\(documents)")
    }

    @Test func `why did job 6800730400 fail?`() async throws {
        let job = try await asker().call("atlas_panda_study_job", ["pandaid": .integer(RecordedCases.memoryJob)])
        #expect(job["primary_error"]?["component"] == "pilot" && job["primary_error"]?["code"] == 1235)
        #expect(job["log_analysis"]?["failure_type"] == "memory" && job["log_analysis"]?["last_match"] != nil)
        #expect(job["resources"]?["max_rss_kilobytes"] == 6_291_456)
        #expect(job["next_steps"]?["user"]?.array?.isEmpty == false)
        #expect(job["next_steps"]?["expert"]?.array?.isEmpty == false)
        #expect(job["retries"]?.array?.first?["status"] == "finished")
    }

    @Test func `what is the status of job 6810532013?`() async throws {
        let job = try await asker().call("atlas_panda_study_job", ["pandaid": .integer(RecordedCases.runningJob)])
        #expect(job["status"] == "running" && job["times"]?["waiting"] == "21 h 20 min")
        #expect(["5 h 45 min", "5 h 46 min"].contains(job["times"]?["running"]?.string))
    }

    @Test func `what is happening with task 46374283?`() async throws {
        let task = try await asker().call("atlas_panda_study_task", ["jeditaskid": .integer(RecordedCases.runningTask)])
        #expect(task["progress"]?["files_finished"] == 1112 && task["progress"]?["files_total"] == 4875)
        #expect(task["progress"]?["percent_finished"] == 22 && task["progress"]?["files_failed"] == 0)
        #expect(task["dataset_types"]?.array?.map { $0["type"]?.string } == ["input", "output", "log"])
    }

    @Test(arguments: ["atlas", "rubin"])
    func `what's the system doing now?`(experiment: String) async throws {
        let now = try await asker().call("\(experiment)_panda_get_activity")
        #expect(now["jobs"]?["total"]?.integer ?? 0 > 0 && now["jobs"]?["by_site"]?.array?.isEmpty == false)
        #expect(now["window"]?["defaulted"] == true && now["as_of"] != nil)
    }

    @Test(arguments: ["atlas", "rubin"])
    func `summarize last week's workflow performance`(experiment: String) async throws {
        let report = try await asker().call("\(experiment)_panda_performance_summary")
        let (finished, failed) = (report["jobs"]?["finished"]?.integer ?? 0, report["jobs"]?["failed"]?.integer ?? 0)
        #expect(finished > 0 && failed > 0 && report["jobs"]?["failure_rate_percent"] != nil)
        #expect(report["usage"]?["wall_hours"]?.double ?? 0 > 0 && report["previous"]?["change"] != nil)
        #expect(report["top_errors"]?.array?.isEmpty == false && report["limits"]?.array?.isEmpty == false)
    }

    @Test func `what does this error message mean?`() async throws {
        let message: JSONValue = ["text": "Payload exceeded maximum allowed memory"]
        let answer = try await asker().call("atlas_panda_explain_error", message)
        let match = try #require(answer["matches"]?.array?.first)
        #expect(match["code"] == 1235 && match["next_steps"]?["user"]?.array?.isEmpty == false)
    }

    @Test func `analyze the failures we have seen today`() async throws {
        let asker = try await asker()
        let errors = try await asker.call("atlas_panda_error_summary", ["days": 1, "limit": 5])
        #expect(errors["summary"]?["errors"]?.integer ?? 0 > 0 && errors["window"]?["start"] != nil)
        let first = try #require(errors["items"]?.array?.first)
        #expect(first["meaning"]?.string?.isEmpty == false && first["sites"]?["top"]?.array?.isEmpty == false)
        let component = try #require(first["component"])
        let meaning = try await asker.call(
            "atlas_panda_explain_error",
            ["code": first["code"] ?? 0, "component": component]
        )
        #expect(meaning["matches"]?.array?.first?["next_steps"] != nil)
    }

    @Test func `what may I ask next?`() async throws {
        let answer = try await asker().call(
            "atlas_panda_suggest_followups",
            ["pandaid": .integer(RecordedCases.runningJob)]
        )
        #expect(
            answer["followups"]?.array?.compactMap { $0["tool"]?.string }
                == ["panda_job_log", "panda_study_task", "ask_docs", "panda_list_jobs"]
        )
    }

    @Test func `are the services there?`() async throws {
        let health = try await asker().call("rubin_panda_service_health")
        #expect(health["summary"] == "5 of 5 connected services answer.", "\(health)")
    }

    @Test func `the resources hold what the tools answer`() async throws {
        let gateway = try await Self.started.value
        let token = try await gateway.token(roles: ["atlas.user"])
        func read(_ uri: String) async throws -> String {
            let answer = try await gateway.exchange(
                gateway.message("resources/read", name: uri, [("uri", .string(uri))], token: token)
            )
            return answer.json?["result"]?["contents"]?.array?.first?["text"]?.string ?? "\(answer)"
        }
        #expect(try await read("atlas+panda://errors/pilot/1235").contains("PAYLOADEXCEEDMAXMEM"))
        let log = try await read("atlas+panda://job/\(RecordedCases.memoryJob)/log/pilotlog.txt")
        #expect(log.contains("job has exceeded the memory limit"))
        let retrying = try await read("atlas+panda-docs://guide%2Fretrying.md#Retrying%20a%20task")
        #expect(retrying.lowercased().contains("retry"), "\(retrying)")
        for missing in ["atlas+panda://errors/pilot/999999", "atlas+panda://job/1/log/pilotlog.txt"] {
            #expect(try await read(missing).contains("error"), "\(missing)")
        }
    }

    @Test(arguments: [
        ("atlas_weekly_report", "group_by", "user", "panda_performance_summary"),
        ("rubin_submit_help", "what", "a Python script over ten files", "ask_docs"),
    ])
    func `prompts name the tool that answers`(
        prompt: String,
        argument: String,
        value: String,
        tool: String
    ) async throws {
        let gateway = try await Self.started.value
        let token = try await gateway.token(roles: ["atlas.user", "rubin.user"])
        let parameters: [(String, JSONValue)] = [
            ("name", .string(prompt)), ("arguments", .object(JSONObject([(argument, .string(value))]))),
        ]
        let answer = try await gateway.exchange(
            gateway.message("prompts/get", name: prompt, parameters, token: token)
        )
        let text = answer.json?["result"]?["messages"]?.array?.first?["content"]?["text"]?.string ?? ""
        #expect(text.contains(tool) && text.contains(value), "\(answer)")
    }
}

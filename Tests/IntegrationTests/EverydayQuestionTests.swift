import JSON
import TestSupport
import Testing

/// Questions people ask of PanDA every day, each one call.
@Suite("Everyday questions")
struct EverydayQuestionTests {
    /// The two ways to a tool.
    enum Way: CaseIterable {
        case http
        case command
    }

    private func answer(_ tool: String, _ name: String, _ value: Int, _ way: Way) async throws -> JSONValue {
        let gateway = try await SharedSite.gateway()
        let token = try await gateway.token(roles: ["atlas.user"])
        let result: JSONValue
        switch way {
        case .http:
            result = try await gateway.call(
                tool,
                .object(JSONObject(members: [.init(name: name, value: .integer(value))])),
                token: token
            )
        case .command:
            let run = try await ProgramRun.beamline(
                "call",
                tool,
                "\(name)=\(value)",
                "--json",
                "--url",
                gateway.url,
                "--token-file",
                TokenFile.write(token)
            )
            #expect(run.exitStatus == 0, "\(run)")
            result = try JSONValue(parsing: run.output)
        }
        #expect(result["isError"]?.bool != true, "\(result)")
        let structured = try #require(result["structuredContent"])
        let text = try #require(result["content"]?.array?.first?["text"]?.string)
        #expect(try JSONValue(parsing: text) == structured, "the text says the same")
        return structured
    }

    @Test(arguments: Way.allCases)
    func `why did job 6800730400 fail?`(_ way: Way) async throws {
        let job = try await answer("atlas_panda_study_job", "pandaid", 6_800_730_400, way)
        #expect(job["status"] == "failed")
        #expect(job["primary_error"]?["component"] == "pilot")
        #expect(job["primary_error"]?["code"] == 1235)
        #expect(job["primary_error"]?["meaning"]?.string?.lowercased().contains("memory") == true)
        #expect(job["summary"]?.string?.contains("1235") == true)
    }

    @Test(arguments: Way.allCases)
    func `what is the status of job 6810532013?`(_ way: Way) async throws {
        let job = try await answer("atlas_panda_study_job", "pandaid", 6_810_532_013, way)
        #expect(job["status"] == "running")
        #expect(job["is_final"] == false)
        #expect(job["times"]?["waiting"] == "21 h 20 min")
        // The records and the tool read the clock one after the other.
        let running = try #require(job["times"]?["running_seconds"]?.integer)
        #expect(abs(running - (5 * 60 + 46) * 60) <= 60)
        #expect(["5 h 45 min", "5 h 46 min"].contains(job["times"]?["running"]?.string))
        #expect(job["primary_error"] == nil)
    }

    @Test(arguments: Way.allCases)
    func `what is happening with task 46374283?`(_ way: Way) async throws {
        let task = try await answer("atlas_panda_study_task", "jeditaskid", 46_374_283, way)
        #expect(task["progress"]?["files_finished"] == 1112)
        #expect(task["progress"]?["files_total"] == 4875)
        #expect(task["progress"]?["percent_finished"] == 22)
        #expect(task["progress"]?["files_failed"] == 0)
        #expect(task["dataset_types"]?.array?.isEmpty == false)
    }
}

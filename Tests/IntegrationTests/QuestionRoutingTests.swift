import JSON
import TestSupport
import Testing

/// `beamline_route_question` with the three experiments and the rules they ship.
@Suite("Questions led to tools")
struct QuestionRoutingTests {
    private static let all = ["atlas.user", "epic.user", "rubin.user"]

    private func routed(
        _ question: String,
        roles: [String] = all,
        path: String? = nil
    ) async throws -> (answer: JSONValue, first: JSONValue?) {
        let gateway = try await SharedSite.gateway()
        let result = try await gateway.call(
            "beamline_route_question",
            ["question": .string(question)],
            token: gateway.token(roles: roles)
        )
        #expect(result["isError"]?.bool != true, "\(result)")
        let answer = try #require(result["structuredContent"])
        return (answer, answer["items"]?.array?.first)
    }

    @Test(
        arguments: [
            ("Why did job 6800730400 fail?", "atlas_panda_study_job", ["pandaid": 6_800_730_400]),
            ("What is the status of job 6810532013?", "atlas_panda_study_job", ["pandaid": 6_810_532_013]),
            ("What is happening with task 46374283?", "atlas_panda_study_task", ["jeditaskid": 46_374_283]),
            ("Show me the log of job 6800730400", "atlas_panda_job_log", ["pandaid": 6_800_730_400]),
            ("Why did ePIC job 1690001 fail?", "epic_panda_study_job", ["pandaid": 1_690_001]),
            ("Is the testbed ready?", "epic_swf_get_testbed_status", [:]),
            ("What is going on with the agents of the testbed?", "epic_swf_list_agents", [:]),
            ("How does Rubin run 1234 stand?", "rubin_run_report", ["run": 1234]),
            (
                "What does pilot error 1305 mean at ATLAS?", "atlas_panda_explain_error",
                ["code": 1305, "component": "pilot"]
            ),
            ("Analyze the failures we have seen today in ePIC", "epic_panda_error_summary", ["days": 1]),
        ] as [(String, String, JSONValue)]
    )
    func `a question names the experiment, the tool and the arguments`(
        _ question: String,
        _ name: String,
        _ arguments: JSONValue
    ) async throws {
        let (answer, first) = try await routed(question)
        #expect(first?["name"]?.string == name, "\(answer)")
        #expect(first?["arguments"] == arguments)
        #expect(first?["missing"] == [])
        #expect(answer["ambiguous"] == false)
    }

    @Test func `what is suggested can be called as it stands`() async throws {
        let (_, first) = try await routed("Why did job 6800730400 fail?")
        let gateway = try await SharedSite.gateway()
        let result = try await gateway.call(
            try #require(first?["name"]?.string),
            try #require(first?["arguments"]),
            token: gateway.token(roles: Self.all)
        )
        #expect(result["structuredContent"]?["pandaid"] == 6_800_730_400)
    }

    @Test func `a question that several experiments answer says so, and names them`() async throws {
        let (answer, _) = try await routed("How do I submit a job to the grid?")
        #expect(answer["ambiguous"] == true)
        #expect(answer["hint"] == "Ask which experiment is meant: atlas, rubin.")
        let (alone, first) = try await routed("How do I submit a job to the grid?", roles: ["atlas.user"])
        #expect(alone["ambiguous"] == false)
        #expect(first?["name"] == "atlas_ask_docs")
    }

    @Test func `nobody is led to what they may not see`() async throws {
        let (answer, _) = try await routed("Why did ePIC job 1690001 fail?", roles: ["atlas.user", "rubin.user"])
        let namespaces = answer["items"]?.array?.compactMap { $0["namespace"]?.string } ?? []
        #expect(!namespaces.isEmpty)
        #expect(!namespaces.contains("epic"))
    }

    @Test func `a question without the number says what to ask for`() async throws {
        let (answer, first) = try await routed("Why did my ATLAS job fail?")
        #expect(first?["name"] == "atlas_panda_study_job")
        #expect(first?["missing"] == ["pandaid"])
        #expect(answer["hint"] == "Ask for pandaid.")
    }
}

import JSON
import SampleData
import TestSupport
import Testing

/// What clients get when they list ePIC's tools, and how an older client's form reaches it.
@Suite("ePIC's tools on the wire")
struct EPICListingTests {
    private static let control: Set = [
        "swf_start_workflow", "swf_stop_workflow", "swf_end_execution", "swf_start_user_testbed",
        "swf_stop_user_testbed", "swf_kill_agent", "swf_send_message", "swf_record_ai_memory",
    ]
    /// A model reads the whole list before the first question.
    private static let mostBytes = 40_000

    @Test func `all tools with their schemas are listed in 40 KB`() async throws {
        let gateway = try await SharedSite.gateway()
        let token = try await gateway.token(roles: ["epic.user"])
        let answer = try await gateway.exchange(gateway.message("tools/list", token: token, path: "/mcp/epic"))
        let tools = answer.json?["result"]?["tools"]?.array ?? []
        #expect(answer.json?["result"]?["nextCursor"] == nil)
        // The gateway's own tool is the last.
        #expect(tools.count == 48)
        #expect(answer.text.utf8.count <= Self.mostBytes, "\(answer.text.utf8.count) bytes")
        for tool in tools {
            let name = tool["name"]?.string ?? ""
            #expect(tool["inputSchema"]?["type"] == "object", "\(name)")
            #expect(tool["outputSchema"]?["properties"]?.object?.members.isEmpty == false, "\(name)")
            #expect(tool["annotations"]?["readOnlyHint"] == .bool(!Self.control.contains(name)), "\(name)")
            #expect(tool["description"]?.string?.isEmpty == false, "\(name)")
        }
    }

    @Test func `resources and prompts are listed`() async throws {
        let gateway = try await SharedSite.gateway()
        let token = try await gateway.token(roles: ["epic.user"])
        let listed = try await gateway.exchange(
            gateway.message("resources/templates/list", token: token, path: "/mcp/epic")
        )
        let templates = listed.json?["result"]?["resourceTemplates"]?.array ?? []
        #expect(
            templates.compactMap { $0["uriTemplate"]?.string } == [
                "panda://job/{pandaid}", "panda://task/{jeditaskid}", "swf://execution/{execution_id}",
            ]
        )
        let prompts = try await gateway.exchange(gateway.message("prompts/list", token: token, path: "/mcp/epic"))
        #expect(prompts.json?["result"]?["prompts"]?.array?.count == 5)
    }

    @Test func `a failed job is studied with its log`() async throws {
        let gateway = try await SharedSite.gateway()
        let token = try await gateway.token(roles: ["epic.user"])
        let study = try await gateway.call(
            "panda_study_job",
            ["pandaid": .integer(EdgeCases.jobWithSeveralErrors)],
            token: token,
            path: "/mcp/epic"
        )
        let analysis = try #require(study["structuredContent"]?["log_analysis"])
        #expect(analysis["failure_type"] == "stagein_failed" && analysis["file"] == "pilotlog.txt")
        #expect(analysis["excerpt"]?.array?.last?.string?.contains("Failed to stage-in file") == true)
    }

    @Test func `a client of the older server gets its form, errors marked as such`() async throws {
        var settings = SiteSettings()
        settings.configurations["epic"] = "{compatibility: swf-monitor}"
        try await GatewayProcess.with(settings) { gateway in
            let token = try await gateway.token(roles: ["epic.user"])
            let jobs = try await gateway.call("panda_list_jobs", ["limit": 1], token: token, path: "/mcp/epic")
            #expect(jobs["isError"] == false)
            #expect(jobs["structuredContent"]?["jobs"]?.array?.first?["jobstatus"] != nil)
            let missing = try await gateway.call("panda_study_job", ["pandaid": 7], token: token, path: "/mcp/epic")
            #expect(missing["isError"] == true)
            #expect(missing["structuredContent"]?["error"]?.string?.hasPrefix("There is no job 7.") == true)
            let text = try #require(missing["content"]?.array?.first?["text"]?.string)
            #expect(try JSONValue(parsing: Array(text.utf8)) == missing["structuredContent"])
        }
    }
}

import JSON
import PluginFixtures
import TestSupport
import Testing

@Suite("Resources and prompts")
struct ItemTests {
    @Test func `a job is read as a resource and says what the tool says`() async throws {
        let gateway = try await SharedSite.gateway()
        let token = try await gateway.token()
        let uri = "atlas+panda://job/6800730400"
        let answer = try await gateway.exchange(
            gateway.message("resources/read", name: uri, [("uri", .string(uri))], token: token)
        )
        let contents = try #require(answer.json?["result"]?["contents"]?.array?.first)
        #expect(contents["uri"]?.string == uri)
        #expect(contents["mimeType"] == "application/json")
        let job = try JSONValue(parsing: Array((contents["text"]?.string ?? "").utf8))
        let tool = try await gateway.call("atlas_panda_study_job", ["pandaid": 6_800_730_400], token: token)
        #expect(job["pandaid"] == 6_800_730_400)
        #expect(job["primary_error"] == tool["structuredContent"]?["primary_error"])
    }

    @Test(arguments: ["panda://job/1x", "panda://job/999999999999", "panda://nothing/1"])
    func `what is not there is not found`(local: String) async throws {
        let gateway = try await SharedSite.gateway()
        let uri = "atlas+" + local
        let answer = try await gateway.exchange(
            gateway.message("resources/read", name: uri, [("uri", .string(uri))], token: gateway.token())
        )
        #expect(answer.json?["error"]?["code"] == -32602)
        #expect(answer.json?["error"]?["data"]?["uri"]?.string == uri)
    }

    @Test func `a hidden resource answers as an unknown one, byte for byte`() async throws {
        let gateway = try await SharedSite.gateway()
        let token = try await gateway.token(roles: ["epic.user"])
        let ask: (String) async throws -> String = { uri in
            let request = gateway.message("resources/read", name: uri, [("uri", .string(uri))], token: token)
            return try await gateway.exchange(request).text.replacing(uri, with: "URI")
        }
        #expect(try await ask("atlas+panda://job/6800730400") == ask("nobody+panda://job/6800730400"))
        let listed = try await gateway.exchange(gateway.message("resources/templates/list", token: token))
        let templates = listed.json?["result"]?["resourceTemplates"]?.array ?? []
        let addresses = templates.compactMap { $0["uriTemplate"]?.string }
        #expect(addresses.count == 3 && addresses.allSatisfy { $0.hasPrefix("epic+") })
    }

    @Test func `prompts are listed and filled in`() async throws {
        let gateway = try await SharedSite.gateway()
        let token = try await gateway.token()
        let listed = try await gateway.exchange(gateway.message("prompts/list", token: token))
        let names = (listed.json?["result"]?["prompts"]?.array ?? []).compactMap { $0["name"]?.string }
        #expect(names.contains("epic_explain_job_failure") && names.contains("rubin_explain_task_progress"))
        let name = "atlas_explain_job_failure"
        let parameters: [(String, JSONValue)] = [("name", .string(name)), ("arguments", ["pandaid": "17"])]
        let got = try await gateway.exchange(gateway.message("prompts/get", name: name, parameters, token: token))
        let text = got.json?["result"]?["messages"]?.array?.first?["content"]?["text"]?.string
        #expect(text?.contains("PanDA job 17") == true)
        let wrong: [(String, JSONValue)] = [("name", .string(name)), ("arguments", ["pandaid": "x"])]
        let refused = try await gateway.exchange(gateway.message("prompts/get", name: name, wrong, token: token))
        #expect(refused.json?["error"]?["code"] == -32602)
    }

    @Test func `what a plugin changes while it runs is listed anew`() async throws {
        var settings = SiteSettings()
        settings.libraries = ["change": try await FixtureLibrary.shared.path(of: "changes_lists")]
        settings.free = ["change"]
        try await GatewayProcess.with(settings) { gateway in
            let token = try await gateway.token(roles: ["change.user"])
            #expect(try await gateway.pluginToolNames(token: token) == ["change_act"])
            _ = try await gateway.call("change_act", [:], token: token)
            try await Polling.wait(for: "the new tool") {
                try await gateway.pluginToolNames(token: token) == ["change_act", "change_more"] ? () : nil
            }
            let result = try await gateway.call("change_more", [:], token: token)
            #expect(result["isError"] == false)
            _ = try await gateway.call("change_act", [:], token: token)
            try await Polling.wait(for: "its end") {
                try await gateway.pluginToolNames(token: token) == ["change_act"] ? () : nil
            }
            let gone = try await gateway.exchange(gateway.callMessage("change_more", [:], token: token))
            #expect(gone.json?["error"]?["code"] == -32602)
        }
    }
}

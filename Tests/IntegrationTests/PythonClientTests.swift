import JSON
import TestSupport
import Testing

@Suite(
    "Official Python clients",
    .enabled(if: PythonClient.folder != nil, "Set BEAMLINE_MCP_CLIENTS to what scripts/mcp-clients installed.")
)
struct PythonClientTests {
    @Test(arguments: PythonClient.allCases)
    func `a client finds the tools of all experiments and calls one of each`(_ client: PythonClient) async throws {
        let gateway = try await SharedSite.gateway()
        let answer = try await client.ask(
            gateway.url,
            token: gateway.token(),
            calls: [
                ("atlas_panda_study_job", ["pandaid": 6_800_730_400]),
                ("epic_panda_list_jobs", ["limit": 3]),
                ("rubin_list_runs", [:]),
            ]
        )
        #expect(answer["revision"]?.string == client.revision)
        #expect(answer["server"]?.string == "beamline")
        let tools = answer["tools"]?.array?.compactMap(\.string) ?? []
        #expect(Set(tools.compactMap { $0.split(separator: "_").first }) == ["atlas", "beamline", "epic", "rubin"])
        #expect(tools.count == Set(tools).count)

        let results = try #require(answer["results"])
        for (name, result) in results.object?.members.map({ ($0.name, $0.value) }) ?? [] {
            #expect(result["is_error"] == false, "\(name): \(String(describing: result["structured"]))")
        }
        #expect(results["atlas_panda_study_job"]?["structured"]?["pandaid"] == 6_800_730_400)
        #expect(results["epic_panda_list_jobs"]?["structured"]?["items"]?.array?.count == 3)
        #expect(results["rubin_list_runs"]?["structured"]?["items"]?.array?.isEmpty == false)
    }

    @Test(arguments: PythonClient.allCases)
    func `a client reads a resource and fills in a prompt`(_ client: PythonClient) async throws {
        let gateway = try await SharedSite.gateway()
        let answer = try await client.ask(
            gateway.url,
            token: gateway.token(),
            reading: "atlas+panda://job/6810532013",
            prompt: ("atlas_explain_job_failure", ["pandaid": "6800730400"])
        )
        let prompts = answer["prompts"]?.array?.compactMap(\.string) ?? []
        #expect(prompts.contains("epic_explain_job_failure"))
        #expect(answer["prompted"]?.array?.first?.string?.contains("6800730400") == true)
        #expect(answer["read"]?.array?.first?["uri"]?.string == "atlas+panda://job/6810532013")
    }

    @Test(arguments: PythonClient.allCases)
    func `a client without a role in ATLAS sees nothing of ATLAS`(_ client: PythonClient) async throws {
        let gateway = try await SharedSite.gateway()
        let token = try await gateway.token(roles: ["epic.user"])
        let tools = try await client.ask(gateway.url, token: token)["tools"]?.array?.compactMap(\.string) ?? []
        #expect(tools.contains("epic_panda_list_jobs"))
        #expect(tools.filter { !$0.hasPrefix("epic_") } == ["beamline_verify_provenance"])
    }

    @Test(arguments: PythonClient.allCases)
    func `the address of one experiment shows its tools under their own names`(_ client: PythonClient) async throws {
        let gateway = try await SharedSite.gateway()
        let answer = try await client.ask(
            gateway.url + "/epic",
            token: gateway.token(),
            calls: [("panda_list_jobs", ["limit": 2])]
        )
        let names = answer["tools"]?.array?.compactMap(\.string) ?? []
        #expect(names.contains("panda_list_jobs"))
        #expect(names.filter { $0.hasPrefix("epic_") || $0.hasPrefix("rubin_") || $0.hasPrefix("atlas_") } == [])
        #expect(answer["results"]?["panda_list_jobs"]?["structured"]?["items"]?.array?.count == 2)
    }

    @Test(arguments: [(PythonClient.stateless, "auto"), (.stateless, "legacy"), (.session, "auto")])
    func `a client hears of a call while it runs`(_ client: PythonClient, mode: String) async throws {
        var settings = SiteSettings()
        settings.libraries["plain"] = "libPlainC.so"
        settings.furtherLines = "limits: {progress_interval: 0s}"
        let answer = try await GatewayProcess.with(settings) { gateway in
            try await client.ask(
                gateway.url,
                token: gateway.token(roles: ["plain.user", "atlas.user"]),
                calls: [
                    ("plain_slow", ["ms": 300, "steps": 3]), ("atlas_panda_study_task", ["jeditaskid": 46_374_283]),
                ],
                mode: mode
            )
        }
        #expect(answer["revision"]?.string == (mode == "legacy" ? "2025-11-25" : client.revision))
        let progress = answer["results"]?["plain_slow"]?["progress"]
        #expect(
            progress?.array == [1, 2, 3].map { ["done": .double($0), "total": 3.0, "message": "waiting"] },
            "\(String(describing: progress))"
        )
        #expect(
            answer["messages"]?.array
                == [1, 2, 3].map { ["level": "info", "logger": "plain.slow", "data": ["step": .integer($0)]] }
        )
        let study = answer["results"]?["atlas_panda_study_task"]
        #expect(study?["progress"]?.array?.last?["done"] == 2.0)
    }

    @Test(arguments: [(PythonClient.stateless, "auto"), (.stateless, "legacy"), (.session, "auto")])
    func `a call that a client gives up is cancelled, and the client goes on`(
        _ client: PythonClient,
        mode: String
    ) async throws {
        var settings = SiteSettings()
        settings.libraries = ["plain": "libPlainC.so"]
        try await GatewayProcess.with(settings) { gateway in
            let answer = try await client.ask(
                gateway.url,
                token: gateway.token(roles: ["plain.user"]),
                calls: [("plain_echo", ["text": "still here"])],
                abandoning: ("plain_slow", ["ms": 60_000, "steps": 1000]),
                mode: mode
            )
            #expect(answer["results"]?["plain_echo"]?["structured"] == ["text": "still here"])
            _ = try await Polling.wait(for: "the call's end") {
                gateway.log.contains("outcome=cancelled") ? true : nil
            }
        }
    }

    @Test(arguments: PythonClient.allCases)
    func `a client of a searched view finds, reads and calls a tool that is not listed`(
        _ client: PythonClient
    ) async throws {
        var settings = SiteSettings()
        settings.listing = "search"
        try await GatewayProcess.with(settings) { gateway in
            let answer = try await client.ask(
                gateway.url,
                token: gateway.token(),
                calls: [
                    ("beamline_find_tools", ["query": "why did my ATLAS job 6800730400 fail?"]),
                    ("beamline_describe_tool", ["name": "atlas_panda_study_job"]),
                    (
                        "beamline_call_tool",
                        ["name": "atlas_panda_study_job", "arguments": ["pandaid": 6_800_730_400]]
                    ),
                    ("atlas_panda_explain_error", ["code": 1235]),
                ]
            )
            let tools = answer["tools"]?.array?.compactMap(\.string) ?? []
            #expect(
                tools == [
                    "beamline_find_tools", "beamline_describe_tool", "beamline_call_tool", "beamline_route_question",
                    "beamline_verify_provenance",
                ]
            )
            let results = try #require(answer["results"])
            for (name, result) in results.object?.members.map({ ($0.name, $0.value) }) ?? [] {
                #expect(result["is_error"] == false, "\(name): \(String(describing: result["structured"]))")
            }
            let found = results["beamline_find_tools"]?["structured"]?["items"]?.array
            #expect(found?.contains { $0["name"] == "atlas_panda_study_job" } == true)
            let definition = results["beamline_describe_tool"]?["structured"]
            #expect(definition?["inputSchema"]?["required"] == ["pandaid"])
            #expect(results["beamline_call_tool"]?["structured"]?["pandaid"] == 6_800_730_400)
        }
    }

    @Test(arguments: PythonClient.allCases)
    func `a client with a token from elsewhere is not let in`(_ client: PythonClient) async throws {
        let gateway = try await SharedSite.gateway()
        await #expect(throws: PythonClient.Failure.self) { try await client.ask(gateway.url, token: "a.b.c") }
    }
}

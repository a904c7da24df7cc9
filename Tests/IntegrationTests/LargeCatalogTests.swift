import JSON
import TestSupport
import Testing

/// More tools than a client wants to read.
@Suite("Large catalogs")
struct LargeCatalogTests {
    private static let gatewayNames = [
        "beamline_find_tools", "beamline_describe_tool", "beamline_call_tool", verifying,
    ]
    private static let verifying = "beamline_verify_provenance"

    private func settings(tools: Int, furtherLines: String) -> SiteSettings {
        var settings = SiteSettings()
        settings.libraries = ["bench": "libBench.so"]
        settings.required = ["bench"]
        settings.configurations["bench"] = "{tools: \(tools)}"
        settings.listing = "auto"
        settings.furtherLines = furtherLines
        return settings
    }

    @Test func `three tools stand in for a thousand, and each of these is called by either way`() async throws {
        let lines = """
            limits: {plugin_load_time: 1m}
            views: [{path: /all, listing: all}]
            """
        try await GatewayProcess.with(settings(tools: 1000, furtherLines: lines)) { gateway in
            let token = try await gateway.token(roles: ["bench.user"])
            for path in ["/mcp", "/mcp/bench"] {
                #expect(try await gateway.toolNames(token: token, path: path) == Self.gatewayNames)
            }
            #expect(try await gateway.toolNames(token: token, path: "/all").count == 1001)
            let answer = try await gateway.call(
                "beamline_find_tools",
                ["query": "answers with the text it was given"],
                token: token
            )
            #expect(answer["structuredContent"]?["items"]?.array?.first?["name"] == "bench_echo")
            let definition = try await gateway.call("beamline_describe_tool", ["name": "bench_echo"], token: token)
            #expect(definition["structuredContent"]?["inputSchema"]?["required"] == ["text"])
            let arguments: JSONValue = ["text": "hello"]
            let wrapped = try await gateway.call(
                "beamline_call_tool",
                ["name": "bench_echo", "arguments": arguments],
                token: token
            )
            #expect(wrapped["structuredContent"] == arguments)
            let plain = try await gateway.call("bench_echo", arguments, token: token)
            for member in ["structuredContent", "content", "isError"] {
                #expect(plain[member] == wrapped[member], "\(member)")
            }
            // Each is a call of its own.
            let ids = [plain, wrapped].compactMap { $0["_meta"]?["org.beamline/provenance"]?.string }
            #expect(Set(ids).count == 2)
            #expect(try await gateway.call("bench_t1000", [:], token: token)["isError"] == false)
            // The log names the tool itself, a moment after the answer.
            _ = try await Polling.wait(for: "the calls in the log") {
                gateway.log.contains("t1000") && gateway.log.contains("echo") ? true : nil
            }
            #expect(!gateway.log.contains("call_tool"))
        }
    }

    @Test func `the limits are the site's`() async throws {
        for (limit, names) in [(3, ["bench_big", "bench_echo", "bench_t3", Self.verifying]), (2, Self.gatewayNames)] {
            let lines = "limits: {listed_tools: \(limit)}"
            try await GatewayProcess.with(settings(tools: 3, furtherLines: lines)) { gateway in
                let token = try await gateway.token(roles: ["bench.user"])
                #expect(try await gateway.toolNames(token: token) == names)
            }
        }
    }
}

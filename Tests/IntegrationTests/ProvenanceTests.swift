import JSON
import Sealing
import TestSupport
import Testing

/// Where results came from, through the real program.
@Suite("Where results came from, on the wire")
struct ProvenanceTests {
    private static let key = "org.beamline/provenance"
    private static let tool = "beamline_verify_provenance"

    private func verify(
        _ gateway: GatewayProcess,
        _ id: String,
        _ further: [(String, JSONValue)] = [],
        token: String,
        path: String = "/mcp"
    ) async throws -> JSONValue {
        var arguments = JSONObject()
        arguments["id"] = .string(id)
        for (name, value) in further { arguments[name] = value }
        return try await gateway.call(Self.tool, .object(arguments), token: token, path: path)
    }

    @Test func `a caller verifies its own result with digest and values, in any view; others learn nothing`()
        async throws
    {
        let gateway = try await SharedSite.gateway()
        let token = try await gateway.token(roles: ["epic.user"])
        let result = try await gateway.call("epic_panda_list_jobs", ["limit": 2], token: token)
        let id = try #require(result["_meta"]?[Self.key]?.string)
        #expect(id.utf8.count == 32)
        let text = try #require(result["content"]?.array?.first?["text"]?.string)
        let job = try #require(result["structuredContent"]?["items"]?.array?.first?["pandaid"])
        let known = try await verify(
            gateway,
            id,
            [("sha256", .string(Digest.sha256Text(Array(text.utf8)))), ("value", job)],
            token: token,
            path: "/mcp/epic"
        )["structuredContent"]
        #expect(known?["tool"] == "epic_panda_list_jobs" && known?["sha256_matches"] == true, "\(known ?? .null)")
        #expect(known?["value_occurs"] == "yes")
        #expect(known?["arguments_sha256"]?.string == Digest.sha256Text(Array(#"{"limit":2}"#.utf8)))
        let absent = try await verify(gateway, id, [("value", "no such value")], token: token)
        #expect(absent["structuredContent"]?["value_occurs"] == "no")

        let other = try await gateway.token(roles: ["epic.user"], subject: "somebody-else")
        let theirs = try await verify(gateway, id, token: other)
        let never = try await verify(gateway, String(repeating: "0", count: 32), token: other)
        #expect(theirs["isError"] == true && theirs["structuredContent"]?["error"]?["code"] == "not_found")
        #expect(theirs["structuredContent"] == never["structuredContent"])
    }

    @Test func `every result has an id of its own, a tool's, a resource's and a prompt's, and none of the gateway's`()
        async throws
    {
        let gateway = try await SharedSite.gateway()
        let token = try await gateway.token(roles: ["epic.user"])
        var ids: [String] = []
        for _ in 0..<2 {
            let result = try await gateway.call("epic_panda_explain_error", ["code": 1305], token: token)
            ids.append(try #require(result["_meta"]?[Self.key]?.string))
        }
        let prompt = try await gateway.exchange(
            gateway.message(
                "prompts/get",
                name: "epic_check_testbed",
                [("name", "epic_check_testbed"), ("arguments", [:])],
                token: token
            )
        )
        ids.append(try #require(prompt.json?["result"]?["_meta"]?[Self.key]?.string, "\(prompt)"))
        #expect(Set(ids).count == ids.count)
        let found = try await verify(gateway, try #require(ids.last), token: token)
        #expect(found["structuredContent"]?["kind"] == "prompt")
        #expect(found["_meta"]?[Self.key] == nil)
        let failed = try await gateway.call("epic_panda_study_job", ["pandaid": 7], token: token)
        #expect(failed["isError"] == true && failed["_meta"]?[Self.key] == nil)
    }

    @Test func `results are remembered over a restart, and not at all where the site wants none`() async throws {
        let first = try await GatewayProcess.start()
        let result = try await first.call(
            "epic_panda_explain_error",
            ["code": 1305],
            token: first.token(roles: ["epic.user"])
        )
        let id = try #require(result["_meta"]?[Self.key]?.string)
        try await first.stop()
        let second = try await GatewayProcess.start(configuration: first.configuration, port: first.port)
        let known = try await verify(second, id, token: second.token(roles: ["epic.user"]))
        #expect(known["structuredContent"]?["tool"] == "epic_panda_explain_error", "\(known)")
        try await second.stop()

        var settings = SiteSettings()
        settings.furtherLines = "limits: {provenance_results: 0}"
        try await GatewayProcess.with(settings) { gateway in
            let token = try await gateway.token(roles: ["epic.user"])
            let result = try await gateway.call("epic_panda_explain_error", ["code": 1305], token: token)
            #expect(result["_meta"]?[Self.key] == nil)
            #expect(try await gateway.toolNames(token: token).contains(Self.tool) == false)
        }
    }
}

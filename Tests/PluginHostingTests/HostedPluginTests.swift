import GatewayCore
import JSON
import PluginFixtures
import PluginHosting
import PluginRuntime
import TestSupport
import Testing

extension ProviderCall {
    static func test(
        _ tool: String,
        _ arguments: String = "{}",
        principal: Principal = .anonymous,
        listener: CallListener? = nil,
        interaction: Interaction = Interaction()
    ) -> ProviderCall {
        ProviderCall(
            requestID: RequestID(),
            tool: tool,
            arguments: Array(arguments.utf8)[...],
            principal: principal,
            viewPath: "/mcp",
            deadline: .after(.seconds(60)),
            budgetBytes: 32768,
            listener: listener,
            interaction: interaction
        )
    }
}

/// Where a plugin runs; what callers see must not differ.
let modes: [PluginLoadRequest.Isolation] = [.inProcess, .worker]

@Suite struct HostedPluginTests {
    private func reply(
        _ mode: PluginLoadRequest.Isolation,
        _ tool: String,
        _ arguments: String,
        fixture: String = "plain"
    ) async throws -> ProviderReply {
        let loader = quietLoader()
        let outcome = try #require(await loader.load([try await .fixture(fixture, isolation: mode)]).first)
        let reply = try await outcome.result.get().provider.call(.test(tool, arguments))
        await loader.shutdown()
        return reply
    }

    private func failure(_ reply: ProviderReply) throws -> GatewayError {
        guard case .failure(let error) = reply else { throw Unexpected(reply: "\(reply)") }
        return error
    }

    private struct Unexpected: Error {
        let reply: String
    }

    @Test(arguments: modes)
    func `a tool's answer passes unchanged`(mode: PluginLoadRequest.Isolation) async throws {
        guard case .result(let result) = try await reply(mode, "echo", #"{"text":"hello"}"#) else {
            Issue.record("no result")
            return
        }
        #expect(String(decoding: result.structured, as: UTF8.self) == #"{"text":"hello"}"#)
        #expect(!result.isError)
    }

    @Test(
        arguments: modes,
        [
            (1, ErrorCode.invalidArgument), (2, .notFound), (3, .forbidden), (4, .conflict), (5, .unavailable),
            (6, .timeout), (7, .tooLarge), (8, .rateLimited), (9, .internal), (10, .internal), (11, .internal),
            (13, .unavailable), (14, .internal), (99, .internal),
        ]
    )
    func `statuses become the contract's codes`(
        mode: PluginLoadRequest.Isolation,
        expected: (status: Int, code: ErrorCode)
    ) async throws {
        let error = try failure(try await reply(mode, "fail", "{\"status\":\(expected.status)}"))
        #expect(
            error
                == GatewayError(
                    expected.code,
                    "It failed as asked.",
                    hint: "Ask for another status.",
                    retryAfterMilliseconds: 1500
                )
        )
    }

    @Test(arguments: modes, [("plain", WatchEnd.unasked), ("subscribes", .over)])
    func `a plugin that does not watch needs not be asked; others watch until nobody wants it`(
        mode: PluginLoadRequest.Isolation,
        expected: (fixture: String, end: WatchEnd)
    ) async throws {
        let loader = quietLoader()
        let outcome = try #require(await loader.load([try await .fixture(expected.fixture, isolation: mode)]).first)
        let provider = try outcome.result.get().provider
        let watch = Task { await provider.watch(WatchRequest(uri: "note:a", body: Array("{}".utf8))) }
        if expected.fixture == "subscribes" {
            await Polling.until("the watch") { provider.counts.open == 1 }
            watch.cancel()
        }
        #expect(await watch.value == expected.end)
        await loader.shutdown()
    }

    @Test(arguments: modes)
    func `a plugin that completes no arguments has no values for them`(mode: PluginLoadRequest.Isolation) async throws {
        let loader = quietLoader()
        let outcome = try #require(await loader.load([try await .fixture("plain", isolation: mode)]).first)
        let reply = try await outcome.result.get().provider.answer(
            ItemRequest(
                requestID: RequestID(),
                question: .complete,
                name: "ask",
                body: Array(#"{"argument":{"name":"a","value":""},"arguments":{}}"#.utf8),
                principal: .anonymous,
                viewPath: "/mcp",
                deadline: .after(.seconds(60)),
                budgetBytes: 1024
            )
        )
        await loader.shutdown()
        guard case .failure(let error) = reply else {
            Issue.record("\(reply)")
            return
        }
        #expect(error.code == .notFound)
    }

    @Test(arguments: modes)
    func `a malformed result is internal and says nothing of it`(mode: PluginLoadRequest.Isolation) async throws {
        let error = try failure(try await reply(mode, "text", "{}", fixture: "malformed_result"))
        #expect(error == GatewayError(.internal, "The tool failed inside; the operators of the gateway were told."))
        let failed = try failure(try await reply(mode, "failed", "{}", fixture: "malformed_result"))
        #expect(failed == GatewayError(.notFound, "What was asked for does not exist."))
    }

    @Test(arguments: modes)
    func `a tool may fail in its own words`(mode: PluginLoadRequest.Isolation) async throws {
        guard case .result(let result) = try await reply(mode, "error", "{}", fixture: "malformed_result") else {
            Issue.record("no result")
            return
        }
        #expect(result.isError)
    }

    @Test(arguments: modes)
    func `the context holds the words of this namespace only`(mode: PluginLoadRequest.Isolation) async throws {
        let loader = quietLoader()
        let outcome = try #require(await loader.load([try await .fixture("plain", isolation: mode)]).first)
        let principal = Principal(
            issuer: "https://id.example",
            subject: "42",
            username: "ada",
            roles: ["plain.user", "atlas.user", "plainer.user", "plain.operator"],
            scopes: ["plain:read", "atlas:read"],
            client: "cli"
        )
        let call = ProviderCall.test("budget", principal: principal)
        guard case .result(let result) = try await outcome.result.get().provider.call(call) else {
            Issue.record("no result")
            return
        }
        let expected: JSONValue = [
            "principal": [
                "issuer": "https://id.example", "subject": "42", "username": "ada", "roles": ["operator", "user"],
                "scopes": ["read"], "client": "cli",
            ],
            "request_id": .string(call.requestID.description), "view": "/mcp", "budget_bytes": 32768,
        ]
        #expect(try JSONValue(parsing: result.structured) == expected)
        await loader.shutdown()
    }
}

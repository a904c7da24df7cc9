import JSON
import TestSupport
import Testing

@Suite("Streamed answers")
struct StreamingTests {
    private static func settings(_ limits: String = "") -> SiteSettings {
        var settings = SiteSettings()
        settings.libraries = ["plain": "libPlainC.so"]
        settings.furtherLines = """
            observability: {log_level: debug}
            limits: {\(limits)}
            """
        return settings
    }

    private static func slow(_ milliseconds: Int, steps: Int) -> [(String, JSONValue)] {
        [("name", "plain_slow"), ("arguments", ["ms": .integer(milliseconds), "steps": .integer(steps)])]
    }

    /// A stateless call of the slow tool that wants to hear everything.
    private static func request(
        _ gateway: GatewayProcess,
        _ parameters: [(String, JSONValue)],
        _ token: String
    ) -> WireRequest {
        gateway.message(
            "tools/call",
            name: "plain_slow",
            parameters,
            metadata: [("progressToken", "p"), ("io.modelcontextprotocol/logLevel", "info")],
            token: token
        )
    }

    @Test func `events come one by one before the answer`() async throws {
        try await GatewayProcess.with(Self.settings("progress_interval: 0s")) { gateway in
            let token = try await gateway.token(roles: ["plain.user"])
            let connection = try WireConnection(port: gateway.port)
            let call = Self.request(gateway, Self.slow(600, steps: 3), token)
            connection.send(call.bytes(port: gateway.port))
            let first = try await connection.text { $0.contains("notifications/progress") }
            #expect(!first.contains("slept"))
            let whole = try await connection.text { $0.contains("slept") }
            #expect(whole.hasPrefix("HTTP/1.1 200"))
            for field in [
                "Content-Type: text/event-stream", "Cache-Control: no-cache, no-transform", "X-Accel-Buffering: no",
                "Transfer-Encoding: chunked",
            ] {
                #expect(whole.contains("\r\n\(field)\r\n"))
            }
            let events = Events.all(in: whole)
            #expect(events.progress == [1, 2, 3])
            #expect(events.messages == [1, 2, 3].map { ["step": .integer($0)] })
            #expect(events.all.last?["result"]?["structuredContent"] == ["slept": true])
            #expect(events.all.count == 7)
        }
    }

    @Test func `who asks for nothing gets one answer of JSON`() async throws {
        try await GatewayProcess.with(Self.settings()) { gateway in
            let token = try await gateway.token(roles: ["plain.user"])
            let call = gateway.callMessage("plain_slow", ["ms": 1, "steps": 3], token: token)
            let answer = try await gateway.exchange(call)
            #expect(answer.field("Content-Type") == "application/json")
            #expect(answer.json?["result"]?["structuredContent"] == ["slept": true])
        }
    }

    @Test func `a silent stream is kept alive, and its end cancels the call`() async throws {
        try await GatewayProcess.with(Self.settings("stream_keep_alive: 100ms")) { gateway in
            let token = try await gateway.token(roles: ["plain.user"])
            var connection: WireConnection? = try WireConnection(port: gateway.port)
            let call = Self.request(gateway, Self.slow(60_000, steps: 0), token)
            connection?.send(call.bytes(port: gateway.port))
            _ = try await connection?.text { $0.components(of: ": keep-alive\n\n") >= 2 }
            connection = nil
            _ = try await Polling.wait(for: "the call's end") {
                gateway.log.contains("outcome=cancelled") ? true : nil
            }
        }
    }

    @Test func `a session hears of its calls, and cancels one by a message`() async throws {
        try await GatewayProcess.with(Self.settings("progress_interval: 0s")) { gateway in
            let token = try await gateway.token(roles: ["plain.user"])
            let session = try await WireSession.begin(gateway, token: token)
            #expect(try await session.send("logging/setLevel", ["level": "info"]).json?["result"] == [:])
            let connection = try WireConnection(port: gateway.port)
            var parameters = Self.slow(60_000, steps: 1000)
            parameters.append(("_meta", ["progressToken": 7]))
            let call = session.request("tools/call", .object(JSONObject(parameters)), id: "c")
            connection.send(call.bytes(port: gateway.port))
            _ = try await connection.text { $0.contains("notifications/progress") }
            #expect(try await session.send("notifications/cancelled", ["requestId": "no such"], id: nil).status == 202)
            #expect(try await session.send("notifications/cancelled", ["requestId": "c"], id: nil).status == 202)
            // The end of the chunks: the stream is whole, and has no answer.
            let whole = try await connection.text { $0.hasSuffix("\r\n0\r\n\r\n") }
            let events = Events.all(in: whole)
            #expect(events.all.allSatisfy { $0["method"] != nil })
            #expect(events.progress == events.progress.sorted() && !events.messages.isEmpty)
            _ = try await Polling.wait(for: "the call's end") {
                gateway.log.contains("outcome=cancelled") ? true : nil
            }
        }
    }

    @Test func `a cancelled call of a session without a stream is answered 202`() async throws {
        try await GatewayProcess.with(Self.settings()) { gateway in
            let token = try await gateway.token(roles: ["plain.user"])
            let session = try await WireSession.begin(gateway, token: token)
            let arguments: JSONValue = ["name": "plain_slow", "arguments": ["ms": 60_000]]
            async let answer = session.send("tools/call", arguments, id: 5)
            _ = try await Polling.wait(for: "the call's beginning") { gateway.log.contains("slow begins") ? true : nil }
            #expect(try await session.send("notifications/cancelled", ["requestId": 5], id: nil).status == 202)
            let (status, body) = (try await answer.status, try await answer.body)
            #expect(status == 202 && body.isEmpty)
        }
    }
}

extension String {
    fileprivate func components(of part: String) -> Int {
        ranges(of: part).count
    }
}

import Glibc
import JSON
import PluginFixtures
import TestSupport
import Testing

@Suite("Streams of changes")
struct SubscriptionTests {
    private static func with(_ body: (GatewayProcess, String) async throws -> Void) async throws {
        var settings = SiteSettings()
        settings.libraries = [
            "change": try await FixtureLibrary.shared.path(of: "changes_lists"), "epic": "libePIC.so",
        ]
        settings.free = ["change"]
        try await GatewayProcess.with(settings) { gateway in
            try await body(gateway, gateway.token(roles: ["change.user"]))
        }
    }

    /// Opens a stream and waits for its first message.
    private static func listen(
        _ gateway: GatewayProcess,
        _ filter: JSONValue,
        token: String
    ) async throws -> WireConnection {
        let connection = try WireConnection(port: gateway.port)
        let request = gateway.message("subscriptions/listen", [("notifications", filter)], token: token)
        connection.send(request.bytes(port: gateway.port))
        _ = try await connection.text { $0.contains("acknowledged") }
        return connection
    }

    private static func act(_ gateway: GatewayProcess, _ token: String) async throws {
        _ = try await gateway.call("change_act", [:], token: token)
    }

    @Test func `what was asked for is granted first, then told, each message with the request's id`() async throws {
        try await Self.with { gateway, token in
            let filter: JSONValue = [
                "toolsListChanged": true, "promptsListChanged": false, "nothingKnown": true,
                "resourceSubscriptions": ["change+note:a", "change+note:none", "change+note:a", "epic+panda://job/1"],
            ]
            let stream = try await Self.listen(gateway, filter, token: token)
            try await Self.act(gateway, token)
            let text = try await stream.text { $0.contains("list_changed") && $0.contains("resources/updated") }
            for line in ["Content-Type: text/event-stream", "X-Accel-Buffering: no"] {
                #expect(text.contains("\r\n\(line)\r\n"))
            }
            let events = Events.all(in: text).all
            #expect(events.first?["method"] == "notifications/subscriptions/acknowledged")
            #expect(
                events.first?["params"]?["notifications"]
                    == ["toolsListChanged": true, "resourceSubscriptions": ["change+note:a"]]
            )
            let methods = Set(events.dropFirst().compactMap { $0["method"]?.string })
            #expect(methods == ["notifications/tools/list_changed", "notifications/resources/updated"])
            let updated = events.first { $0["method"] == "notifications/resources/updated" }
            #expect(updated?["params"]?["uri"] == "change+note:a")
            for event in events {
                #expect(event["params"]?["_meta"]?["io.modelcontextprotocol/subscriptionId"] == 1)
            }
        }
    }

    @Test func `who sees nothing of an experiment hears nothing of it`() async throws {
        try await Self.with { gateway, token in
            let other = try await gateway.token(roles: ["epic.user"])
            let filter: JSONValue = ["toolsListChanged": true, "resourceSubscriptions": ["change+note:a"]]
            let blind = try await Self.listen(gateway, filter, token: other)
            let seeing = try await Self.listen(gateway, filter, token: token)
            try await Self.act(gateway, token)
            _ = try await seeing.text { $0.contains("list_changed") && $0.contains("resources/updated") }
            // The end of the gateway is the last word of every stream.
            try await gateway.stop()
            let text = try await blind.text { $0.contains("resultType") }
            #expect(!text.contains("list_changed") && !text.contains("updated"))
            #expect(Events.all(in: text).all.first?["params"]?["notifications"] == ["toolsListChanged": true])
        }
    }

    @Test func `a change of what a caller may not see is none`() async throws {
        var settings = SiteSettings()
        settings.libraries = ["change": try await FixtureLibrary.shared.path(of: "changes_hidden")]
        settings.free = ["change"]
        try await GatewayProcess.with(settings) { gateway in
            let token = try await gateway.token(roles: ["change.user"])
            let filter: JSONValue = ["toolsListChanged": true]
            let user = try await Self.listen(gateway, filter, token: token)
            let roles = ["change.user", "change.operator"]
            let seeing = try await Self.listen(gateway, filter, token: gateway.token(roles: roles, subject: "operator"))
            try await Self.act(gateway, token)
            _ = try await seeing.text { $0.contains("list_changed") }
            try await gateway.stop()
            let text = try await user.text { $0.contains("resultType") }
            #expect(!text.contains("list_changed"))
        }
    }

    @Test func `a reload ends streams, for views and issuers may be others`() async throws {
        try await Self.with { gateway, token in
            let stream = try await Self.listen(gateway, ["toolsListChanged": true], token: token)
            kill(gateway.pid, SIGHUP)
            let text = try await stream.text { $0.contains("resultType") }
            #expect(Events.all(in: text).all.last?["id"] == 1)
            _ = try await Self.listen(gateway, ["toolsListChanged": true], token: token)
        }
    }

    @Test func `one caller's streams leave room for those of others`() async throws {
        var settings = SiteSettings()
        settings.furtherLines = "limits: {listen_streams_per_principal: 1}"
        try await GatewayProcess.with(settings) { gateway in
            let (mine, other) = try await (gateway.token(), gateway.token(subject: "other"))
            let open = try await Self.listen(gateway, ["toolsListChanged": true], token: mine)
            let filter: JSONValue = ["toolsListChanged": true]
            let again = gateway.message("subscriptions/listen", [("notifications", filter)], token: mine)
            #expect(try await gateway.exchange(again).status == 503)
            _ = try await Self.listen(gateway, filter, token: other)
            _ = consume open
        }
    }

    @Test func `a gateway that ends says so on every stream and ends at once`() async throws {
        try await Self.with { gateway, token in
            var streams: [WireConnection] = []
            for _ in 0..<20 { streams.append(try await Self.listen(gateway, ["toolsListChanged": true], token: token)) }
            try await gateway.stop()
            for stream in streams {
                let last = Events.all(in: try await stream.text { $0.contains("resultType") }).all.last
                #expect(last?["id"] == 1)
                #expect(last?["result"]?["_meta"]?["io.modelcontextprotocol/subscriptionId"] == 1)
            }
        }
    }

    @Test func `a stream ends with its token`() async throws {
        try await Self.with { gateway, _ in
            let token = try await gateway.token(roles: ["change.user"], lifetime: "2s")
            let stream = try await Self.listen(gateway, ["toolsListChanged": true], token: token)
            let text = try await stream.text { $0.contains("resultType") }
            #expect(Events.all(in: text).all.count == 2)
        }
    }

    @Test func `a session's stream tells of lists and of the resources it watches`() async throws {
        try await Self.with { gateway, token in
            let session = try await WireSession.begin(gateway, token: token)
            let watched = try await session.send("resources/subscribe", ["uri": "change+note:a"])
            #expect(watched.json?["result"] == [:])
            let unknown = try await session.send("resources/subscribe", ["uri": "change+note:b"])
            #expect(unknown.json?["error"]?["code"] == -32002)

            let first = try await Self.stream(of: session)
            let second = try await Self.stream(of: session)
            try await Self.act(gateway, token)
            let text = try await second.text { $0.contains("list_changed") && $0.contains("resources/updated") }
            #expect(Events.all(in: text).all.allSatisfy { $0["params"]?["_meta"] == nil })
            let before = try await first.text { $0.hasSuffix("0\r\n\r\n") }
            #expect(!before.contains("changed"), "one message goes to one stream")

            #expect(try await session.send("resources/unsubscribe", ["uri": "change+note:a"]).json?["result"] == [:])
            let never = try await session.send("resources/unsubscribe", ["uri": "change+note:b"])
            #expect(never.json?["error"]?["code"] == -32002)
            let ended = try await gateway.exchange(
                WireRequest("DELETE", "/mcp", ["Authorization: Bearer \(token)", "Mcp-Session-Id: \(session.id)"])
            )
            #expect(ended.status == 204)
            _ = try await second.text { $0.hasSuffix("0\r\n\r\n") }
        }
    }

    /// Opens a session's stream and waits for its head.
    private static func stream(of session: WireSession) async throws -> WireConnection {
        let connection = try WireConnection(port: session.gateway.port)
        let fields = [
            "Accept: text/event-stream", "Authorization: Bearer \(session.token)", "Mcp-Session-Id: \(session.id)",
            "MCP-Protocol-Version: 2025-11-25",
        ]
        connection.send(WireRequest("GET", "/mcp", fields).bytes(port: session.gateway.port))
        _ = try await connection.text { $0.contains(": keep-alive") }
        return connection
    }

    @Test(
        arguments: [
            ([:], "params.notifications is required"),
            (["notifications": ["toolsListChanged": "yes"]], "toolsListChanged must be a boolean"),
            (["notifications": ["resourceSubscriptions": "a:b"]], "must be an array of strings"),
            (["notifications": ["resourceSubscriptions": [1]]], "must be an array of strings"),
        ] as [(JSONValue, String)]
    )
    func `a filter that is none is refused`(parameters: JSONValue, message: String) async throws {
        let gateway = try await SharedSite.gateway()
        let members = parameters.object?.members.map { ($0.name, $0.value) } ?? []
        let answer = try await gateway.exchange(
            gateway.message("subscriptions/listen", members, token: gateway.token())
        )
        #expect(answer.status == 400)
        #expect(answer.json?["error"]?["code"] == -32602)
        #expect(answer.json?["error"]?["message"]?.string?.contains(message) == true)
    }

    @Test func `one stream more than the limit is turned away`() async throws {
        var settings = SiteSettings()
        settings.furtherLines = "limits: {listen_streams: 2}"
        try await GatewayProcess.with(settings) { gateway in
            let token = try await gateway.token()
            let open = try await [
                Self.listen(gateway, ["toolsListChanged": true], token: token),
                Self.listen(gateway, ["toolsListChanged": true], token: token),
            ]
            let filter: JSONValue = ["toolsListChanged": true]
            let request = gateway.message("subscriptions/listen", [("notifications", filter)], token: token)
            let answer = try await gateway.exchange(request)
            #expect(answer.status == 503)
            #expect(answer.field("Retry-After") == "30")
            _ = consume open
            try await Polling.wait(for: "room") {
                let stream = try WireConnection(port: gateway.port)
                stream.send(request.bytes(port: gateway.port))
                return try await stream.text { $0.contains("HTTP/1.1") }.contains(" 200 ") ? () : nil
            }
        }
    }
}

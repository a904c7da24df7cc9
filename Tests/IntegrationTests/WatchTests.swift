import JSON
import TestSupport
import Testing

/// Resources that a plugin watches for those who listen.
@Suite("Watched resources")
struct WatchTests {
    private static func with(
        limits: String = "{watch_rest: 5ms, watch_longest_rest: 5ms}",
        _ body: (GatewayProcess, String) async throws -> Void
    ) async throws {
        var settings = SiteSettings()
        settings.libraries = ["watch": "libWatch.so"]
        settings.furtherLines = "limits: \(limits)"
        try await GatewayProcess.with(settings) { gateway in
            try await body(gateway, gateway.token(roles: ["watch.user"]))
        }
    }

    private static func listen(
        _ gateway: GatewayProcess,
        _ uris: [JSONValue],
        token: String
    ) async throws -> WireConnection {
        let connection = try WireConnection(port: gateway.port)
        let filter: JSONValue = ["resourceSubscriptions": .array(uris)]
        let request = gateway.message("subscriptions/listen", [("notifications", filter)], token: token)
        connection.send(request.bytes(port: gateway.port))
        _ = try await connection.text { $0.contains("acknowledged") }
        return connection
    }

    /// What the plugin says of its watches, once it is as expected.
    @discardableResult
    private static func wait(
        _ gateway: GatewayProcess,
        _ token: String,
        for what: String,
        _ isSo: (JSONValue) -> Bool
    ) async throws -> JSONValue {
        try await Polling.wait(for: what) {
            let answer = try await act(gateway, token, "look")
            // Not nil, which a JSON value can be.
            return isSo(answer) ? answer : Optional<JSONValue>.none
        }
    }

    private static func act(_ gateway: GatewayProcess, _ token: String, _ what: JSONValue) async throws -> JSONValue {
        try await gateway.call("watch_act", ["what": what], token: token)["structuredContent"] ?? .null
    }

    @Test func `a note is watched once for all, for nobody in particular, and until the last goes`() async throws {
        try await Self.with { gateway, token in
            let first = try await Self.listen(
                gateway,
                ["watch+note:a", "watch+note:b", "watch+quiet:note"],
                token: token
            )
            try await Self.wait(gateway, token, for: "both watches") { $0["open"] == ["a", "b"] }
            let other = try await gateway.token(roles: ["watch.user"], subject: "other")
            let second = try await Self.listen(gateway, ["watch+note:a"], token: other)
            _ = try await Self.act(gateway, token, "change")
            for text in [
                try await first.text {
                    $0.contains("watch+note:a\",\"_meta") && $0.contains("watch+note:b\",\"_meta")
                },
                try await second.text { $0.contains("watch+note:a\",\"_meta") },
            ] {
                #expect(text.contains("resources/updated"))
            }
            let both = try await Self.act(gateway, token, "look")
            #expect(both["begun"] == 2)
            #expect(both["callers"] == [""])

            first.hangUp()
            let rest = try await Self.wait(gateway, token, for: "the end of b") { $0["open"] == ["a"] }
            #expect(rest["begun"] == 2)
            second.hangUp()
            try await Self.wait(gateway, token, for: "the end of a") { $0["open"] == [] }
            let third = try await Self.listen(gateway, ["watch+note:a"], token: token)
            try await Self.wait(gateway, token, for: "another watch") { $0["open"] == ["a"] && $0["begun"] == 3 }
            third.hangUp()
            #expect(!gateway.log.contains("stale"))
        }
    }

    @Test func `a watch that ends is begun again after a rest`() async throws {
        try await Self.with { gateway, token in
            let stream = try await Self.listen(gateway, ["watch+note:a"], token: token)
            for round in 1...3 {
                try await Self.wait(gateway, token, for: "watch \(round)") { $0["begun"]?.integer == round }
                _ = try await Self.act(gateway, token, "give_up")
            }
            try await Self.wait(gateway, token, for: "the last watch") { $0["open"] == ["a"] && $0["begun"] == 4 }
            _ = try await Self.act(gateway, token, "change")
            _ = try await stream.text { $0.contains("resources/updated") }
        }
    }

    @Test func `how many notes are watched is the site's; others wait`() async throws {
        try await Self.with(limits: "{watched_resources: 1}") { gateway, token in
            let first = try await Self.listen(gateway, ["watch+note:a"], token: token)
            try await Self.wait(gateway, token, for: "the watch") { $0["open"] == ["a"] }
            let second = try await Self.listen(gateway, ["watch+note:b"], token: token)
            #expect(try await Self.act(gateway, token, "look")["open"] == ["a"])
            first.hangUp()
            try await Self.wait(gateway, token, for: "the watch that waited") { $0["open"] == ["b"] }
            second.hangUp()
        }
    }

    @Test func `how many one caller watches is the site's`() async throws {
        try await Self.with(limits: "{watched_resources_per_principal: 1}") { gateway, token in
            let filter: JSONValue = ["resourceSubscriptions": ["watch+note:a", "watch+note:b"]]
            let message = gateway.message("subscriptions/listen", [("notifications", filter)], token: token)
            #expect(try await gateway.exchange(message).status == 503)
            let open = try await Self.listen(gateway, ["watch+note:a"], token: token)

            let other = try await gateway.token(roles: ["watch.user"], subject: "other")
            let session = try await WireSession.begin(gateway, token: other)
            let stream = try await Self.stream(of: session)
            let first = try await session.send("resources/subscribe", ["uri": "watch+note:a"])
            #expect(first.json?["result"] == [:])
            let second = try await session.send("resources/subscribe", ["uri": "watch+note:b"])
            #expect(second.json?["error"]?["code"] == -32603)
            _ = try await session.send("resources/unsubscribe", ["uri": "watch+note:a"])
            #expect(try await session.send("resources/subscribe", ["uri": "watch+note:b"]).json?["result"] == [:])
            stream.hangUp()
            open.hangUp()
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

    @Test func `what a session watches is watched while its stream is open`() async throws {
        try await Self.with { gateway, token in
            let session = try await WireSession.begin(gateway, token: token)
            _ = try await session.send("resources/subscribe", ["uri": "watch+note:a"])
            let stream = try await Self.stream(of: session)
            try await Self.wait(gateway, token, for: "the first watch") { $0["open"] == ["a"] }
            _ = try await session.send("resources/subscribe", ["uri": "watch+note:b"])
            try await Self.wait(gateway, token, for: "the second watch") { $0["open"] == ["a", "b"] }
            _ = try await session.send("resources/unsubscribe", ["uri": "watch+note:a"])
            try await Self.wait(gateway, token, for: "the end of the first") { $0["open"] == ["b"] }
            _ = try await Self.act(gateway, token, "change")
            _ = try await stream.text { $0.contains("watch+note:b") }
            stream.hangUp()
            try await Self.wait(gateway, token, for: "the end") { $0["open"] == [] }
        }
    }

    @Test func `a gateway with watches ends in time`() async throws {
        try await Self.with { gateway, token in
            let stream = try await Self.listen(gateway, ["watch+note:a"], token: token)
            try await Self.wait(gateway, token, for: "the watch") { $0["open"] == ["a"] }
            try await gateway.stop()
            _ = try await stream.text { $0.contains("resultType") }
            #expect(!gateway.log.contains("never"))
        }
    }

    @Test func `a note that is its owner's is read by nobody else`() async throws {
        try await Self.with { gateway, token in
            let mine = try await gateway.token(roles: ["watch.user"], subject: "maria")
            let uri = "watch+own:maria"
            let own = try await gateway.exchange(
                gateway.message("resources/read", name: uri, [("uri", .string(uri))], token: mine)
            )
            #expect(own.json?["result"]?["contents"]?.array?.first?["text"] == "of maria")
            let other = try await gateway.exchange(
                gateway.message("resources/read", name: uri, [("uri", .string(uri))], token: token)
            )
            #expect(other.json?["error"]?["data"]?["code"] == "forbidden")
            #expect(other.json?["error"]?["message"] == "Only the owner reads an own note.")
        }
    }

    @Test func `a plugin answers as a source, for nobody in particular, and asks none while it does`() async throws {
        try await Self.with { gateway, token in
            let answer = try await gateway.call("watch_archive", [:], token: token)
            #expect(answer["structuredContent"] == ["rows": [["7", ""]], "path": "/object/1"])
            let nested = try await gateway.call("watch_archive", ["statement": "SELECT nested"], token: token)
            #expect(nested["structuredContent"]?["error"]?["code"] == "internal")
            // The plugin runs one call at a time, and was not kept waiting for itself.
            let again = try await gateway.call("watch_archive", [:], token: token)
            #expect(again["isError"] != true)
        }
    }
}

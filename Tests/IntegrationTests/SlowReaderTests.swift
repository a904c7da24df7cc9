import JSON
import PluginFixtures
import TestSupport
import Testing

@Suite("A client that reads slowly")
struct SlowReaderTests {
    /// Hands over a gateway whose tool floods its client, and a call of it.
    private func flooding(
        _ limits: String,
        _ body: (GatewayProcess, WireConnection) async throws -> Void
    ) async throws {
        var settings = SiteSettings()
        settings.libraries = ["fixture": try await FixtureLibrary.shared.path(of: "floods")]
        settings.furtherLines = """
            observability: {log_level: debug}
            limits: {\(limits)}
            """
        try await GatewayProcess.with(settings) { gateway in
            let token = try await gateway.token(roles: ["fixture.user"])
            let call = gateway.message(
                "tools/call",
                name: "fixture_act",
                [("name", "fixture_act")],
                metadata: [("io.modelcontextprotocol/logLevel", "info")],
                token: token
            )
            var connection: WireConnection? = try WireConnection(port: gateway.port)
            connection?.send(call.bytes(port: gateway.port))
            try await body(gateway, #require(connection))
            connection = nil
            _ = try await Polling.wait(for: "the call's end") {
                gateway.log.contains("outcome=cancelled") ? true : nil
            }
        }
    }

    @Test func `a client that stops reading loses its call`() async throws {
        try await flooding("idle_timeout: 1s") { gateway, connection in
            // The call ends well before its own time is up.
            _ = try await Polling.wait(for: "the call's end") {
                gateway.log.contains("outcome=cancelled") ? true : nil
            }
            #expect(try await connection.text { $0.contains("notifications/message") }.hasPrefix("HTTP/1.1 200"))
        }
    }

    @Test func `a client is told how many messages it missed`() async throws {
        try await flooding("stream_buffer_bytes: 1024") { gateway, connection in
            let text = try await connection.text { $0.ranges(of: "Messages lost here").count > 1 }
            #expect(
                text.contains(#""level":"warning","logger":"beamline","data":"Messages lost here because they came"#)
            )
            #expect(!text.contains("xxx"))
        }
    }
}

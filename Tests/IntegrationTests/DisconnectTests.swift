import JSON
import TestSupport
import Testing

@Suite("A client that goes away")
struct DisconnectTests {
    @Test func `a disconnect cancels the call in the plugin`() async throws {
        var settings = SiteSettings()
        settings.libraries = ["plain": "libPlainC.so"]
        settings.furtherLines = "observability: {log_level: debug}"
        try await GatewayProcess.with(settings) { gateway in
            let token = try await gateway.token(roles: ["plain.user"])
            let call = gateway.callMessage("plain_slow", ["ms": 60_000], token: token)
            var connection: WireConnection? = try WireConnection(port: gateway.port)
            connection?.send(call.bytes(port: gateway.port))
            _ = try await Polling.wait(for: "the call's beginning") { gateway.log.contains("slow begins") ? true : nil }
            connection = nil
            _ = try await Polling.wait(for: "the call's end") {
                gateway.log.contains("outcome=cancelled") ? true : nil
            }
        }
    }
}

import JSON
import Sealing
import TestSupport
import Testing

@Suite("Streams of what was granted")
struct RevokedStreamTests {
    @Test func `a stream ends when its grant is revoked`() async throws {
        let (provider, key) = (try await FakeProvider.start(), ES256Key())
        var settings = try LoginSite.settings(provider, key, "")
        settings.furtherLines = "limits: {stream_keep_alive: 100ms}"
        try await GatewayProcess.with(settings) { gateway in
            let site = LoginSite(gateway: gateway, provider: provider, accountKey: key)
            let client = try await TestClient(site)
            let tokens = try await client.tokens()
            let filter: JSONValue = ["toolsListChanged": true]
            let request = gateway.message("subscriptions/listen", [("notifications", filter)], token: tokens.access)
            let stream = try WireConnection(port: gateway.port)
            stream.send(request.bytes(port: gateway.port))
            _ = try await stream.text { $0.contains(": keep-alive") }
            #expect(try await site.post("/revoke", ["token": tokens.refresh, "client_id": client.id]).status == 200)
            let text = try await stream.text { $0.hasSuffix("0\r\n\r\n") }
            #expect(Events.all(in: text).all.last?["result"] != nil)
        }
    }
}

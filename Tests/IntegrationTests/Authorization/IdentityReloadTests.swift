import Foundation
import JSON
import Sealing
import TestSupport
import Testing

@Suite("A changed identity on a running gateway")
struct IdentityReloadTests {
    private func reload(_ gateway: GatewayProcess, until line: String, _ change: (String) -> String) async throws {
        let text = try String(contentsOfFile: gateway.configuration, encoding: .utf8)
        try change(text).write(toFile: gateway.configuration, atomically: true, encoding: .utf8)
        kill(gateway.pid, SIGHUP)
        _ = try await Polling.wait(for: line) { gateway.log.contains(line) ? true : nil }
    }

    @Test func `a key that is taken out is out, and grants of people stay`() async throws {
        let site = try await LoginSite.start()
        let client = try await TestClient(site)
        let tokens = try await client.tokens()
        let key = LoginSite.key(for: "bots")
        #expect(try await site.listing(key).status == 200)
        let digest = Digest.sha256Text(Array(key.utf8))
        try await reload(site.gateway, until: "configuration reloaded") { text in
            text.replacing(digest, with: String(repeating: "0", count: 64))
        }
        try await site.isTurnedAway(key)
        #expect(try await site.listing(tokens.access).status == 200)
        #expect(try await client.refresh(tokens.refresh).status == 200)
        try await site.gateway.stop()
    }

    @Test func `a group that loses its role loses it at once, also for tokens that are out`() async throws {
        let site = try await LoginSite.start()
        let client = try await TestClient(site)
        let access = try await client.tokens().access
        #expect(try await site.gateway.pluginToolNames(token: access).contains { $0.hasPrefix("rubin_") })
        try await reload(site.gateway, until: "configuration reloaded") {
            $0.replacing("{group: epic-members, role: rubin.user}", with: "{group: nobody, role: rubin.user}")
        }
        let names = try await site.gateway.pluginToolNames(token: access)
        #expect(names.contains { $0.hasPrefix("epic_") } && !names.contains { $0.hasPrefix("rubin_") })
        try await site.gateway.stop()
    }

    @Test func `the first login needs a restart, and says so`() async throws {
        let provider = try await FakeProvider.start()
        var settings = SiteSettings()
        settings.identity = "identity: {registration: true}"
        let gateway = try await GatewayProcess.start(settings)
        try await reload(gateway, until: "needs a restart") { text in
            text + """

                issuers:
                  good: {issuer: "\(provider.issuer(.good))", discovery: "\(provider.issuer(.good))/x",
                    login: {client_id: gateway}}
                """
        }
        try await gateway.stop()
    }
}

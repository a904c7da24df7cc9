import Foundation
import JSON
import TestSupport
import Testing

@Suite("Several gateways with one state")
struct ReplicaTests {
    @Test func `one accepts what another gave, and refuses what another revoked`() async throws {
        let site = try await LoginSite.start()
        let second = try await site.replica()
        let replica = LoginSite(gateway: second, provider: site.provider, accountKey: site.accountKey)

        let client = try await TestClient(site)
        let tokens = try await client.tokens()
        #expect(try await replica.listing(tokens.access).status == 200)
        let form = ["grant_type": "refresh_token", "refresh_token": tokens.refresh, "client_id": client.id]
        let renewed = try #require(try await replica.post("/token", form).json)
        let (access, refresh) = (renewed["access_token"]?.string ?? "", renewed["refresh_token"]?.string ?? "")
        #expect(try await site.listing(access).status == 200)
        #expect(try await site.post("/revoke", ["token": refresh, "client_id": client.id]).status == 200)
        try await replica.isTurnedAway(tokens.access)
        try await replica.isTurnedAway(access)
        try await second.stop()
        try await site.gateway.stop()
    }
}

extension LoginSite {
    /// Another gateway with the same configuration and state.
    func replica() async throws -> GatewayProcess {
        let port = try FreePort.find()
        let text = try String(contentsOfFile: gateway.configuration, encoding: .utf8)
            .replacing("  port: \(gateway.port)", with: "  port: \(port)")
        let folder = try RunFolder.current.subfolder("replica")
        let configuration = folder + "/beamline.yaml"
        // Each gateway has a trail of its own.
        try (text + "\naudit: {directory: \(folder)/audit}\n").write(
            toFile: configuration,
            atomically: true,
            encoding: .utf8
        )
        return try await GatewayProcess.start(configuration: configuration, port: port)
    }
}

import Foundation
import TestSupport
import Testing

@Suite("The end of the gateway")
struct ShutdownTests {
    /// Who waited for it would be found out: longer than any of these tests wait for the end.
    private static let longDrain = {
        var settings = SiteSettings()
        settings.furtherLines = "limits: {drain_timeout: 5m}"
        return settings
    }()

    @Test func `an idle gateway ends at once`() async throws {
        let gateway = try await GatewayProcess.start(Self.longDrain)
        try await gateway.stop()
        #expect(gateway.log.contains("stopped"))
    }

    @Test(arguments: 1...3)
    func `a gateway that is told to stop as soon as it listens ends in order`(_ attempt: Int) async throws {
        let (configuration, port) = try await GatewayProcess.write(SiteSettings())
        let child = try ChildProcess(
            BuiltPrograms.path(of: BuiltPrograms.gateway),
            ["serve", "--config", configuration]
        )
        _ = try await Polling.wait(for: "the listener", every: .microseconds(200)) { try? WireConnection(port: port) }
        child.signal(SIGTERM)
        #expect(try await child.exitStatus(within: .seconds(60)) == 0, "\(child.errorOutput)")
    }

    @Test func `connections that stay open do not hold it up`() async throws {
        let gateway = try await GatewayProcess.start(Self.longDrain)
        let token = try await gateway.token()
        let connections = try (0..<8).map { _ in try WireConnection(port: gateway.port) }
        for connection in connections.dropFirst() {
            var request = gateway.message("tools/list", token: token)
            request.keepsAlive = true
            #expect(try await gateway.exchange(request, on: connection).status == 200)
        }
        try await gateway.stop()
        withExtendedLifetime(connections) {}
    }

    @Test func `the key of the development issuer goes with it`() async throws {
        let gateway = try await GatewayProcess.start()
        let key = "\(gateway.state)/development-issuer.json"
        #expect(FileManager.default.fileExists(atPath: key))
        try await gateway.stop()
        #expect(!FileManager.default.fileExists(atPath: key))
    }
}

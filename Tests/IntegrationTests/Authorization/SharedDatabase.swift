import Foundation
import JSON
import PostgresServer
import TestSupport

/// Gateways on machines of their own, as far as that can be had on one: nothing is common but a PostgreSQL database, the
/// key that seals, and the address by which the outside knows them.
struct SharedDatabase: Sendable {
    let server: PostgresServer
    let name: String
    private let key: String

    init(_ server: PostgresServer) async throws {
        self.server = server
        name = try await server.makeDatabase()
        key = try RunFolder.current.subfolder("sealing") + "/key"
        try String(repeating: "0123456789abcdef", count: 4).write(toFile: key, atomically: true, encoding: .utf8)
    }

    /// The lines of `state`.
    var lines: [String] {
        [
            "sealing_key: {file: \(key)}",
            "postgresql: {host: 127.0.0.1, port: \(server.port), database: \(name), user: postgres, ssl_mode: disable}",
        ]
    }

    /// The configuration of one more gateway beside one that runs, with a port and folders of its own.
    static func configuration(beside gateway: GatewayProcess) throws -> (path: String, port: Int) {
        let port = try FreePort.find()
        let folder = try RunFolder.current.subfolder("replica")
        let text = try String(contentsOfFile: gateway.configuration, encoding: .utf8)
            .replacing("  port: \(gateway.port)", with: "  port: \(port)")
            .replacing("  directory: \(gateway.state)", with: "  directory: \(folder)/state")
        let path = folder + "/beamline.yaml"
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return (path, port)
    }

    /// Two gateways of one site.
    func sites() async throws -> [LoginSite] {
        let first = try await LoginSite.start { $0.stateLines = lines }
        let (path, port) = try Self.configuration(beside: first.gateway)
        let gateway = try await GatewayProcess.start(configuration: path, port: port)
        return [first, LoginSite(gateway: gateway, provider: first.provider, accountKey: first.accountKey)]
    }
}

import FoundationEssentials
import GatewayConfiguration
import GatewayState
import LocalFiles
import PostgresClient
import Sealing

/// Opens the gateway's own state.
enum StateAssembly {
    /// The store in the database of the site, or in the state folder; sealed with the site's key, or with one that lies
    /// beside the file.
    static func store(of settings: StateSettings) async throws -> StateStore {
        if let database = settings.database {
            let sealer = try SealerAssembly.sealer(of: settings, orElse: [])
            return try await store(in: server(database), sealer)
        }
        try StateFolder.prepare(settings.directory)
        let own = settings.sealingKey == nil ? try ownKey(in: settings.directory) : []
        let sealer = try SealerAssembly.sealer(of: settings, orElse: own)
        do {
            return try StateStore(path: settings.directory + "/state.sqlite", sealer: sealer)
        } catch {
            throw CommandFailure.notInOrder("The state in \(settings.directory) cannot be used: \(error)")
        }
    }

    /// The server of the site's database, with its password read.
    static func server(_ settings: StateDatabaseSettings) throws -> StateServer {
        var parameters = try PostgresAssembly.parameters(settings.server)
        parameters.applicationName = "beamline state"
        return StateServer(
            parameters,
            connections: settings.server.connections,
            waiting: settings.server.waiting,
            timeout: settings.timeout
        )
    }

    private static func store(in server: StateServer, _ sealer: Sealer) async throws -> StateStore {
        do {
            return try await StateStore(server: server, sealer: sealer)
        } catch StateError.unreachable(let detail) {
            throw CommandFailure.unreachable(
                "The database of the state (\(server.parameters)) does not answer; check state.postgresql. (\(detail))"
            )
        } catch {
            throw CommandFailure.notInOrder(
                "The database of the state (\(server.parameters)) cannot be used: \(error); its role must own the tables."
            )
        }
    }

    /// A key that a site without one gets at its first start; whoever can read the file can read the state.
    private static func ownKey(in folder: String) throws -> [UInt8] {
        let path = folder + "/sealing-key"
        do {
            let key = RandomBytes.make(count: Sealer.minimumSecretBytes)
            try AtomicFile.ensure(path, content: key, mode: 0o600)
        } catch {
            throw CommandFailure.notInOrder("The sealing key cannot be made; check state.directory. (\(error))")
        }
        guard let key = FileManager.default.contents(atPath: path) else {
            throw CommandFailure.notInOrder("The sealing key \(path) cannot be read; check its owner and mode.")
        }
        return Array(key)
    }
}

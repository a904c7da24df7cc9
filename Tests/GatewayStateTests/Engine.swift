import Foundation
import GatewayState
import PostgresClient
import PostgresServer
import Sealing
import TestSupport
import Testing

/// What can keep the state: what is true of one is true of the other.
enum Engine: CaseIterable, Sendable, CustomTestStringConvertible {
    case sqlite, postgresql

    var testDescription: String { self == .sqlite ? "SQLite" : "PostgreSQL" }

    /// A place for the state of one test.
    func place() async throws -> StatePlace {
        switch self {
        case .sqlite: return .file(try RunFolder.current.subfolder("state") + "/state.sqlite")
        case .postgresql:
            let server = try await SharedPostgresServer.server()
            return .database(try await server.makeDatabase(), server)
        }
    }

    func store() async throws -> StateStore { try await place().open() }
}

/// Where a state lies; each that opens it is another gateway.
enum StatePlace: Sendable {
    case file(String)
    case database(String, PostgresServer)

    func open(secret: [UInt8] = OpenStore.secret, timeout: Duration = .seconds(60)) async throws -> StateStore {
        guard let sealer = Sealer(secrets: [secret]) else { throw SetupFailure("The secret is too short.") }
        switch self {
        case .file(let path): return try StateStore(path: path, sealer: sealer)
        case .database(let name, let server):
            let parameters = PostgresParameters(
                host: "127.0.0.1",
                port: server.port,
                database: name,
                user: "postgres",
                encryption: .prefer
            )
            return try await StateStore(server: StateServer(parameters, timeout: timeout), sealer: sealer)
        }
    }
}

extension StatePlace {
    /// All that lies there.
    func bytes() async throws -> Data {
        switch self {
        case .file(let path):
            return [path, path + "-wal"].reduce(into: Data()) { bytes, file in
                bytes += FileManager.default.contents(atPath: file) ?? Data()
            }
        case .database(let name, let server):
            let tables = try await server.sql(
                "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'",
                database: name
            )
            let all = tables.split(separator: "\n").map { "SELECT * FROM \($0)" }.joined(separator: ";")
            return Data(try await server.sql(all, database: name).utf8)
        }
    }
}

import Foundation
import Synchronization
import TestSupport

/// A real PostgreSQL server on a free port of the loopback interface, with its data in the folder of the run.
///
/// Everybody is let in without a password as `postgres`; the role `guarded` has to give one. Its zone is
/// America/New_York, so that nothing is UTC by accident.
package final class PostgresServer: Sendable {
    /// How the server is told to stop.
    package enum StopMode: Int32, Sendable {
        /// Ends the sessions.
        case fast = 2
        /// Ends at once, as in a crash.
        case immediate = 3
    }

    /// A program failed.
    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    /// The password of the role `guarded`.
    package static let password = "correct horse"

    package let port: Int
    private let folder: String
    private let settings: [String]
    private let process = Mutex<ChildProcess?>(nil)
    private let databases = Atomic(0)

    private init(port: Int, folder: String, settings: [String]) {
        self.port = port
        self.folder = folder
        self.settings = settings
    }

    deinit {
        process.withLock { $0 }?.signal(StopMode.immediate.rawValue)
    }

    /// Makes a server and starts it.
    ///
    /// The settings come in addition to our own, such as `work_mem=1MB`. An encrypted server speaks TLS, with a
    /// certificate for `localhost` and 127.0.0.1.
    package static func start(_ settings: String..., isEncrypted: Bool = false) async throws -> PostgresServer {
        let folder = try RunFolder.current.subfolder("postgres")
        if PostgresPrograms.isRoot {
            try FileManager.default.setAttributes(
                [.ownerAccountName: PostgresPrograms.account, .groupOwnerAccountName: PostgresPrograms.account],
                ofItemAtPath: folder
            )
        }
        let arguments = ["-D", "\(folder)/data", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "-N"]
        let (program, all) = try PostgresPrograms.unprivileged("initdb", arguments)
        let made = try await ProgramRun.run(program, all)
        guard made.exitStatus == 0 else { throw Failure(description: "initdb: \(made)") }
        if isEncrypted { try await makeCertificate(in: "\(folder)/data") }
        let access = """
            host all guarded 127.0.0.1/32 scram-sha-256
            host all all 127.0.0.1/32 trust

            """
        try access.write(toFile: "\(folder)/data/pg_hba.conf", atomically: false, encoding: .utf8)
        let server = PostgresServer(
            port: try FreePort.find(),
            folder: folder,
            settings: settings + (isEncrypted ? ["ssl=on"] : [])
        )
        try await server.resume()
        _ = try await server.sql("CREATE ROLE guarded LOGIN PASSWORD '\(password)'")
        return server
    }

    /// The certificate of an encrypted server, which is its own authority.
    package var certificate: String { "\(folder)/data/server.crt" }

    private static func makeCertificate(in data: String) async throws {
        let made = try await ProgramRun.run(
            "/usr/bin/openssl",
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "1",
                "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
                "-keyout", "\(data)/server.key", "-out", "\(data)/server.crt",
            ]
        )
        guard made.exitStatus == 0 else { throw Failure(description: "openssl: \(made)") }
        guard PostgresPrograms.isRoot else { return }
        for file in ["server.key", "server.crt"] {
            try FileManager.default.setAttributes(
                [.ownerAccountName: PostgresPrograms.account, .groupOwnerAccountName: PostgresPrograms.account],
                ofItemAtPath: "\(data)/\(file)"
            )
        }
    }

    /// What the server wrote to its log since it was started.
    package var log: String { process.withLock { $0 }?.errorOutput ?? "" }

    /// Starts the server again on the same port with the same data, and waits until it answers.
    package func resume() async throws {
        let ours = [
            "listen_addresses=127.0.0.1", "port=\(port)", "unix_socket_directories=", "fsync=off",
            "full_page_writes=off", "max_connections=400", "shared_buffers=32MB", "timezone=America/New_York",
            "log_min_messages=fatal",
        ]
        let options = (ours + settings).flatMap { ["-c", $0] }
        let (program, all) = try PostgresPrograms.unprivileged("postgres", ["-D", "\(folder)/data"] + options)
        let child = try ChildProcess(program, all)
        process.withLock { $0 = child }
        try await Polling.wait(for: "PostgreSQL on port \(port)") {
            guard child.isRunning else { throw Failure(description: "PostgreSQL ended: \(child.errorOutput)") }
            return (try? await self.sql("SELECT 1")) == "1" ? () : nil
        }
    }

    /// Stops the server and waits for its end.
    package func stop(_ mode: StopMode) async throws {
        let child = process.withLock { process in
            defer { process = nil }
            return process
        }
        guard let child else { return }
        child.signal(mode.rawValue)
        _ = try await child.exitStatus(within: .seconds(120))
    }

    /// Runs statements through `psql`, which is not what is tested.
    /// - Returns: Rows as lines, columns parted by `|`.
    package func sql(_ statements: String, database: String = "postgres") async throws -> String {
        let arguments = [
            "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-p", String(port), "-U", "postgres",
            "-d", database, "-c", statements,
        ]
        let run = try await ProgramRun.run(try PostgresPrograms.path(of: "psql"), arguments)
        guard run.exitStatus == 0 else { throw Failure(description: "psql: \(run)") }
        return run.output.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Runs a script of any length through `psql`, all of it or nothing.
    package func run(script: String, database: String) async throws {
        let file = "\(folder)/\(database).sql"
        try script.write(toFile: file, atomically: false, encoding: .utf8)
        let arguments = [
            "-X", "-q", "-1", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-p", String(port), "-U", "postgres",
            "-d", database, "-f", file,
        ]
        let run = try await ProgramRun.run(try PostgresPrograms.path(of: "psql"), arguments)
        guard run.exitStatus == 0 else { throw Failure(description: "psql: \(run)") }
    }

    /// Makes a database of its own for a test, runs the statements in it, and says its name.
    ///
    /// The options are those of `CREATE DATABASE`.
    package func makeDatabase(_ statements: String = "", options: String = "") async throws -> String {
        let name = "sample\(databases.add(1, ordering: .relaxed).newValue)"
        _ = try await sql("CREATE DATABASE \(name) \(options)")
        if !statements.isEmpty { _ = try await sql(statements, database: name) }
        return name
    }
}

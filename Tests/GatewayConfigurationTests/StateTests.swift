import GatewayConfiguration
import Testing

@Suite("The state in the configuration")
struct StateTests {
    @Test func `it lies in a file, or in a database with defaults of its own`() throws {
        #expect(try Files().parse("state: {directory: own}").state.database == nil)
        let text = """
            state:
              sealing_key: {file: secrets/sealing}
              former_sealing_key: {env: FORMER}
              postgresql: {host: db, database: d, user: u, password: {file: secrets/p}, ssl_root_cert: ca.pem}
            """
        let state = try Files().parse(text).state
        #expect(state.sealingKey == .file("/etc/beamline/secrets/sealing"))
        #expect(state.formerSealingKey == .environment("FORMER"))
        let database = try #require(state.database)
        #expect(database.server.password == .file("/etc/beamline/secrets/p"))
        #expect(database.server.rootCertificateFile == "/etc/beamline/ca.pem")
        #expect(database.server.connections == 4 && database.timeout == .seconds(5))
    }

    @Test(arguments: [
        (
            "host: db, user: u, database: d", "",
            "all gateways on it must have one `sealing_key`; make it with openssl rand -hex 32"
        ),
        (
            "host: db, user: u, database: d, connections: 1", "sealing_key: {env: K}",
            "connections: one connection writes and others read: give at least 2"
        ),
        ("user: u, database: d", "sealing_key: {env: K}", "`host` is missing"),
        (
            "host: db, user: u, database: d, password: written", "sealing_key: {env: K}",
            "password: must be a reference: {file: PATH} or {env: NAME}"
        ),
        (
            "host: db, user: u, database: d, timeout: 99ms", "sealing_key: {env: K}",
            "timeout: must be a time such as 30s, 500ms, 10m or 24h, from 100ms to 1m"
        ),
        (
            "host: db, user: u, database: d, writable: true", "sealing_key: {env: K}",
            "connect_timeout, connections, database, host, password, port, search_path, ssl_mode, ssl_root_cert, timeout, user, waiting"
        ),
    ])
    func `what is wrong with the database is named`(_ keys: String, _ further: String, _ fault: String) {
        let faults = Files().faults("state:\n  postgresql: {\(keys)}\n\(further.isEmpty ? "" : "  \(further)\n")")
        #expect(faults.count == 1)
        #expect(
            faults.first?.contains("state.postgresql") == true && faults.first?.hasSuffix(fault) == true,
            "\(faults)"
        )
    }
}

import GatewayConfiguration
import Testing

@Suite("Keys")
struct KeyTests {
    @Test func `the admin listener is off unless it is there`() throws {
        #expect(try Files().parse("").server.admin == nil)
        #expect(try Files().parse("server: {admin: {port: 0}}").server.admin?.port == 0)
        let remote = try Files().parse("server: {admin: {host: 0.0.0.0, allow_remote: true}}").server.admin
        #expect(remote?.host == "0.0.0.0")
    }

    @Test(arguments: [
        (
            "server: {admin: {host: 0.0.0.0}}",
            "server.admin.host: the admin listener needs no token, so it listens on loopback; set allow_remote to mean otherwise"
        ),
        ("server: {admin: {port: 8080}}", "server.admin.port: is the port of `server.port`; choose another"),
        ("server: {admin: {prot: 1}}", "server.admin.prot: is not a known key; did you mean `port`?"),
        (
            "issuers: {a: {issuer: x, jwks_url: y, token_profile: wlgc}}",
            "issuers.a.token_profile: must be one of: rfc9068, wlcg, keycloak, auth0, legacy, opaque, gafaelfawr; did you mean `wlcg`?"
        ),
        (
            "issuers: {a: {issuer: x, jwks_url: y, algorithms: [RS255]}}",
            "issuers.a.algorithms: `RS255` must be one of: RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512, EdDSA; did you mean `RS256`?"
        ),
        (
            "issuers: {a: {issuer: x, jwks_url: y, roles: [{group: g, role: epic.user}]}}",
            "issuers.a.roles[0].role: role `epic.user` must be NAMESPACE.ROLE of an enabled plugin"
        ),
        (
            "trust: {keys: {lab: \"ed25519:x\"}, in_process: [lap]}",
            "trust.in_process: `lap` is no name under `trust.keys`; did you mean `lab`?"
        ),
        (
            "trust: {require_signature: true}",
            "trust.require_signature: without `trust.keys` no plugin could be loaded but the shipped ones; name a key"
        ),
    ])
    func `a fault has its path and its remedy`(text: String, fault: String) {
        #expect(Files().faults(text) == ["beamline.yaml: line 1: \(fault)"])
    }

    @Test func `a database has defaults, and its secrets and paths are resolved`() throws {
        let text = """
            sources:
              db:
                kind: postgresql
                host: db.example.org
                database: swf
                user: reader
                password: {file: secrets/db}
                ssl_mode: verify-full
                ssl_root_cert: ca.pem
                search_path: [swf, public]
            """
        guard case .postgresql(let settings) = try Files().parse(text).sources[0].kind else {
            Issue.record("not postgresql")
            return
        }
        #expect(settings.port == 5432)
        #expect(settings.password == .file("/etc/beamline/secrets/db"))
        #expect(settings.encryption == .verifyFull)
        #expect(settings.rootCertificateFile == "/etc/beamline/ca.pem")
        #expect(settings.searchPath == ["swf", "public"])
        #expect(settings.connections == 8 && settings.waiting == 64)
        #expect(settings.connectTimeout == .seconds(5))
        #expect(!settings.isWritable)
    }

    @Test(arguments: [
        ("password: written", "password: must be a reference: {file: PATH} or {env: NAME}"),
        ("password: {file: a, env: b}", "password: must be {file: PATH} or {env: NAME}"),
        ("password: {}", "password: must be {file: PATH} or {env: NAME}"),
        (
            "ssl_mode: verify-ful",
            "ssl_mode: must be one of: disable, allow, prefer, require, verify-ca, verify-full; did you mean `verify-full`?"
        ),
        ("connections: 0", "connections: must be a whole number from 1 to 256"),
        ("connect_timeout: 61s", "connect_timeout: must be a time such as 30s, 500ms, 10m or 24h, from 100ms to 1m"),
    ])
    func `a database's fault is named`(line: String, fault: String) {
        let text = "sources:\n  db: {kind: postgresql, host: h, database: d, user: u, \(line)}"
        #expect(Files().faults(text) == ["beamline.yaml: line 2: sources.db.\(fault)"])
    }

    @Test func `a limit is taken at the ends of its range and refused beyond`() throws {
        #expect(try Files().parse("limits: {calls_per_principal: 1}").limits.callsPerPrincipal == 1)
        #expect(try Files().parse("limits: {calls_per_principal: 100000}").limits.callsPerPrincipal == 100_000)
        #expect(Files().faults("limits: {calls_per_principal: 0}").count == 1)
        #expect(Files().faults("limits: {calls_per_principal: 100001}").count == 1)
        #expect(try Files().parse("limits: {drain_timeout: 0s}").limits.drainTimeout == .zero)
        #expect(Files().faults("limits: {drain_timeout: 301s}").count == 1)
    }
}

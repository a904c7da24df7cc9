import Authentication
import FoundationEssentials
import GatewayCore
import TestSupport
import Testing

@Suite struct DevelopmentIssuerTests {
    private static let issuer = "http://127.0.0.1:8080"
    private static let audience = "http://127.0.0.1:8080/mcp"

    /// Runs with a path in a folder of its own.
    private func withKeyFile(_ body: (String) async throws -> Void) async throws {
        let folder = try RunFolder.current.subfolder("keys")
        let result: Result<Void, any Error>
        do {
            result = .success(try await body(folder + "/development.json"))
        } catch {
            result = .failure(error)
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count <= 1)
        try FileManager.default.removeItem(atPath: folder)
        try result.get()
    }

    private func create(_ path: String, clock: MovableClock = MovableClock()) throws -> DevelopmentIssuer {
        let issuer = try DevelopmentIssuer.create(
            issuerURL: Self.issuer,
            audience: Self.audience,
            keyFile: path,
            clock: clock
        )
        try issuer.publish()
        return issuer
    }

    private func permissions(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    @Test func `a token made from the key file is accepted by the server`() async throws {
        try await withKeyFile { path in
            let server = try create(path)
            #expect(try permissions(path) == 0o600)
            let authenticator = try BearerAuthenticator(
                issuers: [server.record],
                fetch: ScriptedFetch(),
                clock: MovableClock()
            )
            let command = try DevelopmentIssuer.load(keyFile: path, clock: MovableClock())
            let token = try await command.token(
                subject: "zoe",
                roles: ["epic.user", "atlas.production"],
                scopes: ["epic:read", "atlas:write"],
                lifetime: 3600
            )
            let principal = Principal(
                issuer: Self.issuer,
                subject: "zoe",
                username: "zoe",
                roles: ["epic.user", "atlas.production"],
                scopes: ["epic:read", "atlas:write"],
                client: "beamline-token",
                authenticatedAt: TokenForge.now
            )
            #expect(await authenticator.outcome(of: token) == .principal(principal, expiresAt: TokenForge.now + 3600))
        }
    }

    @Test func `a new server ends the tokens of the old one`() async throws {
        try await withKeyFile { path in
            let old = try create(path)
            let token = try await old.token(subject: "zoe", roles: [], scopes: [], lifetime: 60)
            let new = try create(path)
            let authenticator = try BearerAuthenticator(
                issuers: [new.record],
                fetch: ScriptedFetch(),
                clock: MovableClock()
            )
            #expect(await authenticator.outcome(of: token) == .refused(.unknownKey))
            #expect(try permissions(path) == 0o600)
            old.remove()
            #expect(FileManager.default.fileExists(atPath: path))
            new.remove()
            #expect(!FileManager.default.fileExists(atPath: path))
        }
    }

    @Test func `an open key file is neither read nor kept open`() async throws {
        try await withKeyFile { path in
            _ = try create(path)
            try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
            #expect(throws: DevelopmentIssuerError.unsafePermissions(path: path)) {
                try DevelopmentIssuer.load(keyFile: path)
            }
            _ = try create(path)
            #expect(try permissions(path) == 0o600)
        }
    }

    @Test func `a missing or foreign key file is named`() async throws {
        try await withKeyFile { path in
            #expect(throws: DevelopmentIssuerError.noKeyFile(path: path)) { try DevelopmentIssuer.load(keyFile: path) }
            _ = try create(path)
            try Data("{}".utf8).write(to: URL(filePath: path))
            #expect(throws: DevelopmentIssuerError.badKeyFile(path: path)) { try DevelopmentIssuer.load(keyFile: path) }
        }
    }

    @Test func `a folder that does not exist is reported`() async throws {
        try await withKeyFile { path in
            #expect(throws: DevelopmentIssuerError.self) { try create(path + "/none/key.json") }
        }
    }

    @Test(arguments: [(Int64(0), false), (1, true), (86_400, true), (86_401, false), (-5, false)])
    func `a token lives a day at most`(lifetime: Int64, isMade: Bool) async throws {
        try await withKeyFile { path in
            let issuer = try create(path)
            let token = try? await issuer.token(subject: "a", roles: [], scopes: [], lifetime: lifetime)
            #expect((token != nil) == isMade)
        }
    }

    @Test(arguments: ["", "a b", "caf\u{E9}", "a\n", String(repeating: "a", count: 256)])
    func `a subject is printable`(subject: String) async throws {
        try await withKeyFile { path in
            let issuer = try create(path)
            await #expect(throws: DevelopmentIssuerError.badSubject) {
                try await issuer.token(subject: subject, roles: [], scopes: [], lifetime: 60)
            }
        }
    }

    @Test(arguments: [
        "http://127.0.0.1:8080", "http://127.255.0.9", "https://localhost", "HTTP://LOCALHOST:1/x",
        "http://[::1]:9/mcp",
    ])
    func `this machine`(url: String) {
        #expect(LoopbackURL.isLoopback(url))
    }

    @Test(arguments: [
        "http://0.0.0.0", "http://10.0.0.1", "http://128.0.0.1", "http://127.1", "http://127.0.0.1.example",
        "http://localhost.example", "http://localhost@evil.example", "http://127.0.0.1@evil.example",
        "http://127.0.0.1:80@evil.example", "http://evil.example/127.0.0.1", "http://evil.example#localhost",
        "http://evil.example\\@127.0.0.1", "http://[::]", "http://[::1].example", "http://[::1", "http://2130706433",
        "http://127.0.0.01", "http://127.0.0.256", "http://localhost:x", "http://localhost:99999", "ftp://localhost",
        "localhost", "", "http://", "http://127.0.0.1:", "http://+127.0.0.1",
    ])
    func `other machines`(url: String) throws {
        #expect(!LoopbackURL.isLoopback(url))
        #expect(throws: DevelopmentIssuerError.notLoopback) {
            try DevelopmentIssuer.create(issuerURL: url, audience: "x", keyFile: "/nonexistent/key")
        }
    }
}

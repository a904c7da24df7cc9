import ClientLogin
import Foundation
import GatewayCore
import JSON
import Synchronization
import TestSupport
import Testing

@Suite("A person's logins")
struct SessionTests {
    private static let url = "https://gw.example/mcp"
    private static let token = "https://gw.example/token"

    private static let server = """
        {"issuer": "https://gw.example", "token_endpoint": "\(token)",
        "device_authorization_endpoint": "https://gw.example/device", "revocation_endpoint": "https://gw.example/revoke"}
        """

    private final class Clock: WallClock {
        let moment = Mutex<Int64>(1_000)
        var now: Int64 { moment.withLock { $0 } }
    }

    private struct Desk {
        let home: String
        let clock = Clock()
        let fetch = RecordedFetch([:])
        let session: LoginSession

        init() throws {
            home = try RunFolder.current.subfolder("home")
            session = LoginSession(
                folder: try LoginFolder(environment: ["XDG_CONFIG_HOME": home]),
                fetch: fetch,
                clock: clock
            )
        }

        var file: String {
            get throws {
                let folder = home + "/beamline/logins"
                let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".json") }
                return try folder + "/" + #require(names.first)
            }
        }

        func logIn(_ further: String = "") async throws {
            fetch.set(SessionTests.token, .init(body: tokens("first", further)))
            fetch.set(
                "https://gw.example/device",
                .init(
                    body:
                        #"{"device_code": "d", "user_code": "u", "verification_uri": "https://gw.example/device", "interval": 1}"#
                )
            )
            fetch.set(
                "https://gw.example/.well-known/oauth-protected-resource",
                .init(body: #"{"resource": "\#(SessionTests.url)", "authorization_servers": ["https://gw.example"]}"#)
            )
            fetch.set("https://gw.example/.well-known/oauth-authorization-server", .init(body: SessionTests.server))
            let place = try await LoginDiscovery(fetch: fetch).place(of: SessionTests.url)
            let tokens = try await DeviceLogin(fetch: fetch).tokens(at: place, client: "c", scopes: ["a:read"]) { _ in }
            try await session.keep(
                StoredLogin(url: SessionTests.url, place: place, client: "c", tokens: tokens, at: clock.now)
            )
        }

        func tokens(_ name: String, _ further: String = "") -> String {
            #"{"access_token": "at-\#(name)", "token_type": "Bearer", "expires_in": 600, "refresh_token": "rt-\#(name)"\#(further)}"#
        }
    }

    @Test func `lie in files for the person alone, by URL`() async throws {
        let desk = try Desk()
        try await desk.logIn()
        let attributes = try FileManager.default.attributesOfItem(atPath: try desk.file)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        let folder = try FileManager.default.attributesOfItem(atPath: desk.home + "/beamline/logins")
        #expect(folder[.posixPermissions] as? Int == 0o700)
        for url in [Self.url, Self.url + "/"] {
            #expect(try await desk.session.login(for: url)?.accessToken == "at-first")
        }
        #expect(try await desk.session.login(for: "https://gw.example/mcp/epic") == nil)
    }

    @Test func `are not used when others may read them`() async throws {
        let desk = try Desk()
        try await desk.logIn()
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: try desk.file)
        await #expect(throws: LoginFault.self) { try await desk.session.login(for: Self.url) }
    }

    @Test(arguments: [(569 as Int64, "at-first"), (570, "at-second")])
    func `are renewed before they run out`(_ seconds: Int64, _ token: String) async throws {
        let desk = try Desk()
        try await desk.logIn()
        desk.fetch.set(Self.token, .init(body: desk.tokens("second")))
        desk.clock.moment.withLock { $0 += seconds }
        #expect(try await desk.session.login(for: Self.url)?.accessToken == token)
        #expect(try await desk.session.login(for: Self.url)?.accessToken == token, "and kept")
    }

    @Test func `are renewed when their token was refused, once for all that saw the same`() async throws {
        let desk = try Desk()
        try await desk.logIn()
        desk.fetch.set(Self.token, .init(body: desk.tokens("second")))
        let asked = desk.fetch.requests.count
        for _ in 0..<3 {
            #expect(try await desk.session.login(for: Self.url, refused: "at-first")?.accessToken == "at-second")
        }
        let forms = desk.fetch.requests.dropFirst(asked).map { String(decoding: $0.body ?? [], as: UTF8.self) }
        #expect(forms.count == 1)
        #expect(forms.first?.contains("grant_type=refresh_token&refresh_token=rt-first&client_id=c") == true)
    }

    @Test(arguments: [
        (RecordedFetch.Answer(status: 400, body: #"{"error": "invalid_grant"}"#), LoginFault.Kind.refused),
        (.init(status: 503, body: #"{"error": "temporarily_unavailable"}"#), .unreachable),
        (.init(status: 0), .unreachable),
        (.init(body: "<html>"), .unreachable),
        (.init(body: #"{"access_token": "a b", "token_type": "Bearer"}"#), .unreachable),
        (.init(body: #"{"access_token": "a", "token_type": "mac"}"#), .unreachable),
    ])
    func `that cannot be renewed stay as they are`(_ answer: RecordedFetch.Answer, _ kind: LoginFault.Kind) async throws
    {
        let desk = try Desk()
        try await desk.logIn()
        let before = FileManager.default.contents(atPath: try desk.file)
        desk.fetch.set(Self.token, answer)
        desk.clock.moment.withLock { $0 += 600 }
        await #expect { try await desk.session.login(for: Self.url) } throws: { ($0 as? LoginFault)?.kind == kind }
        #expect(FileManager.default.contents(atPath: try desk.file) == before)
    }

    @Test(arguments: [(200, true), (400, true), (503, false), (0, false)])
    func `are ended here in any case, and there when the server hears it`(_ status: Int, _ isTold: Bool) async throws {
        let desk = try Desk()
        try await desk.logIn()
        desk.fetch.set(
            "https://gw.example/revoke",
            .init(status: status, body: status == 400 ? #"{"error": "invalid_client"}"# : "")
        )
        if isTold {
            #expect(try await desk.session.end(Self.url))
        } else {
            await #expect(throws: LoginFault.self) { try await desk.session.end(Self.url) }
        }
        let form = String(decoding: desk.fetch.requests.last?.body ?? [], as: UTF8.self)
        #expect(form == "token=rt-first&client_id=c")
        #expect(try await desk.session.login(for: Self.url) == nil)
        #expect(try await !desk.session.end(Self.url))
    }

    @Test(arguments: [[:], ["HOME": "relative"], ["XDG_CONFIG_HOME": ""]])
    func `need a place`(_ environment: [String: String]) {
        #expect(throws: LoginFault.self) { try LoginFolder(environment: environment) }
    }
}

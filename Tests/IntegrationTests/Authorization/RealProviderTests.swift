import Foundation
import JSON
import PostgresServer
import TestSupport
import Testing

/// A provider as `scripts/oidc-providers` installs it.
enum RealProvider: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case mock, canaille

    static let folder = ProcessInfo.processInfo.environment["BEAMLINE_OIDC_PROVIDERS"]
    private static let secret = "provider-secret"

    var testDescription: String { rawValue }

    /// Starts the provider for a gateway.
    func start(port: Int, callback: String) throws -> ChildProcess {
        let bin = "\(Self.folder ?? "")/\(rawValue)/bin"
        switch self {
        case .mock:
            let user = #"{"sub": "ada", "preferred_username": "ada", "groups": ["epic-members"]}"#
            return try ChildProcess("\(bin)/oidc-provider-mock", ["--port", "\(port)", "--user-claims", user])
        case .canaille:
            let script = "\(BuiltPrograms.sourceTree)/Tests/IntegrationTests/Clients/canaille_provider.py"
            return try ChildProcess("\(bin)/python", [script, "\(port)", callback, Self.secret])
        }
    }

    /// Waits until it answers.
    func isReady(_ child: ChildProcess, port: Int) async throws {
        try await Polling.wait(for: "the provider") {
            guard child.isRunning else { throw SetupFailure("It ended: \(child.errorOutput)") }
            let request = WireRequest("GET", "/.well-known/openid-configuration").bytes(port: port)
            return try? await WireConnection(port: port).exchange(request).status == 200 ? () : nil
        }
    }

    /// The lines of the gateway's configuration.
    func identity(port: Int, folder: String) throws -> String {
        try Self.secret.write(toFile: "\(folder)/secret", atomically: true, encoding: .utf8)
        let scopes = self == .mock ? "[openid, profile]" : "[openid, profile, groups]"
        return """
            issuers:
              \(rawValue):
                issuer: http://127.0.0.1:\(port)
                discovery: http://127.0.0.1:\(port)/.well-known/openid-configuration
                groups: {claims: [groups]}
                roles: [{group: epic-members, role: epic.user}]
                login: {client_id: gateway, client_secret: {file: \(folder)/secret}, scopes: \(scopes), userinfo: true}
            """
    }

    /// What a person types there.
    var fields: JSONValue { ["sub": "ada", "login": "ada", "password": "correct horse battery staple"] }
}

@Suite(
    "Official clients log in at real providers",
    .enabled(
        if: RealProvider.folder != nil && PythonClient.folder != nil,
        "Set BEAMLINE_OIDC_PROVIDERS and BEAMLINE_MCP_CLIENTS to what the scripts of that name installed."
    ),
    .serialized
)
struct RealProviderTests {
    @Test(arguments: RealProvider.allCases, PythonClient.allCases)
    func `a client finds its way from the first 401 to the tools`(
        _ provider: RealProvider,
        _ client: PythonClient
    ) async throws {
        let folder = try RunFolder.current.subfolder("provider")
        let port = try FreePort.find()
        var settings = SiteSettings()
        settings.identity = try provider.identity(port: port, folder: folder)
        try await GatewayProcess.with(settings) { gateway in
            let callback = "http://127.0.0.1:\(gateway.port)/login/callback/\(provider.rawValue)"
            let child = try provider.start(port: port, callback: callback)
            try await provider.isReady(child, port: port)
            let run = try await ProgramRun.run(
                "\(PythonClient.folder ?? "")/\(client.rawValue)/bin/python",
                [
                    "\(BuiltPrograms.sourceTree)/Tests/IntegrationTests/Clients/login.py",
                    String(decoding: question(gateway.url, client, provider).serialized, as: UTF8.self),
                ]
            )
            let answer = try? JSONValue(parsing: run.output)
            let tools = (answer?["tools"]?.array?.compactMap(\.string) ?? []).filter { !$0.hasPrefix("beamline_") }
            #expect(!tools.isEmpty && tools.allSatisfy { $0.hasPrefix("epic_") }, "\(run)\n\(gateway.log)")
            #expect(answer?["refreshable"] == true)
            #expect(gateway.log.contains("event=granted"))
            child.signal(SIGTERM)
            _ = try? await child.exitStatus(within: .seconds(120))
        }
    }

    @Test(arguments: RealProvider.allCases)
    func `behind two gateways with one database each step of a login may come to another`(
        _ provider: RealProvider
    ) async throws {
        let folder = try RunFolder.current.subfolder("provider")
        let (port, front) = (try FreePort.find(), try FreePort.find())
        var settings = SiteSettings()
        settings.publicURL = "http://127.0.0.1:\(front)"
        settings.identity = try provider.identity(port: port, folder: folder)
        settings.stateLines = try await SharedDatabase(SharedPostgresServer.server()).lines
        let first = try await GatewayProcess.start(settings)
        let (path, secondPort) = try SharedDatabase.configuration(beside: first)
        let second = try await GatewayProcess.start(configuration: path, port: secondPort)
        let proxy = try ChildProcess(
            "\(PythonClient.folder ?? "")/\(PythonClient.stateless.rawValue)/bin/python",
            [
                "\(BuiltPrograms.sourceTree)/Tests/IntegrationTests/Clients/front.py", "\(front)", "\(first.port)",
                "\(secondPort)", "/authorize=0", "/login/consent=1", "/login/callback=1", "/token=0", "/register=0",
            ]
        )
        let callback = "http://127.0.0.1:\(front)/login/callback/\(provider.rawValue)"
        let child = try provider.start(port: port, callback: callback)
        try await provider.isReady(child, port: port)
        _ = try await Polling.wait(for: "the proxy") { proxy.output.contains("ready") ? true : nil }
        let run = try await ProgramRun.run(
            "\(PythonClient.folder ?? "")/\(PythonClient.stateless.rawValue)/bin/python",
            [
                "\(BuiltPrograms.sourceTree)/Tests/IntegrationTests/Clients/login.py",
                String(
                    decoding: question("http://127.0.0.1:\(front)/mcp", .stateless, provider).serialized,
                    as: UTF8.self
                ),
            ]
        )
        let answer = try? JSONValue(parsing: run.output)
        #expect(answer?["tools"]?.array?.isEmpty == false, "\(run)\n\(first.log)\n\(second.log)")
        #expect(proxy.output.contains("0 /authorize") && proxy.output.contains("1 /login/callback"))
        #expect(second.log.contains("event=login_succeeded"))
        for child in [proxy, child] {
            child.signal(SIGTERM)
            _ = try? await child.exitStatus(within: .seconds(120))
        }
        for gateway in [first, second] { try await gateway.stop() }
    }

    private func question(_ url: String, _ client: PythonClient, _ provider: RealProvider) -> JSONValue {
        [
            "url": .string(url), "version": client == .stateless ? 2 : 1, "fields": provider.fields,
            "buttons": [["decision", "allow"], ["answer", "accept"]],
        ]
    }
}

import Foundation

/// A running gateway: the real program with the real plugins, on a port of its own.
package struct GatewayProcess: Sendable {
    /// How often another port is tried when somebody else took the chosen one first.
    private static let attempts = 5

    package let port: Int
    package let configuration: String
    private let child: ChildProcess
    private let tokens = TokenShelf()

    package var pid: Int32 { child.pid }
    /// The gateway's own folder, without a slash at its end.
    package var state: String { "\(configuration.dropLast("/beamline.yaml".count))/state" }
    /// Where `beamline token` finds the key.
    package var issuerKey: String { "\(state)/development-issuer.json" }
    package var url: String { "http://127.0.0.1:\(port)/mcp" }

    /// What it logged until now.
    package var log: String { child.errorOutput }

    /// Starts a gateway and waits until it answers.
    package static func start(_ settings: SiteSettings = SiteSettings()) async throws -> GatewayProcess {
        for _ in 1..<attempts {
            if let gateway = try await attempt(settings) { return gateway }
        }
        guard let gateway = try await attempt(settings) else {
            throw SetupFailure("No free port was found in \(attempts) attempts.")
        }
        return gateway
    }

    /// Starts a gateway, hands it over, and stops it.
    package static func with<Result>(
        _ settings: SiteSettings = SiteSettings(),
        _ body: (GatewayProcess) async throws -> Result
    ) async throws -> Result {
        let gateway = try await start(settings)
        let result = try await body(gateway)
        try await gateway.stop()
        return result
    }

    /// Starts a gateway with a file of `config` that needs nothing but a port of its own, hands it over, and stops it.
    package static func with<Result>(
        shipped file: String,
        _ body: (GatewayProcess) async throws -> Result
    ) async throws -> Result {
        var started: GatewayProcess?
        for _ in 0..<attempts where started == nil {
            let (configuration, port) = try copy(of: file)
            started = try await attempt(configuration, port)
        }
        guard let started else { throw SetupFailure("No free port was found in \(attempts) attempts.") }
        let result = try await body(started)
        try await started.stop()
        return result
    }

    /// Copies a shipped configuration, with a free port and a folder of its own for the state.
    private static func copy(of file: String) throws -> (configuration: String, port: Int) {
        let port = try FreePort.find()
        let folder = try RunFolder.current.subfolder("gateway")
        let text = try String(contentsOfFile: "\(BuiltPrograms.sourceTree)/config/\(file)", encoding: .utf8)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            if line.hasPrefix("  directory: ") { return "  directory: \(folder)/state" }
            return line.hasPrefix("  port: ") ? "  port: \(port)" : String(line)
        }
        let configuration = "\(folder)/beamline.yaml"
        try lines.joined(separator: "\n").write(toFile: configuration, atomically: true, encoding: .utf8)
        return (configuration, port)
    }

    /// Writes a configuration file for a free port.
    package static func write(_ settings: SiteSettings) async throws -> (configuration: String, port: Int) {
        let port = try FreePort.find()
        let folder = try RunFolder.current.subfolder("gateway")
        let text = try await settings.text(
            port: port,
            replayPort: SharedSite.replay().port,
            data: SharedSite.sampleData(),
            state: "\(folder)/state"
        )
        let configuration = "\(folder)/beamline.yaml"
        try text.write(toFile: configuration, atomically: true, encoding: .utf8)
        return (configuration, port)
    }

    private static func attempt(_ settings: SiteSettings) async throws -> GatewayProcess? {
        let (configuration, port) = try await write(settings)
        return try await attempt(configuration, port)
    }

    /// Starts a gateway with a configuration that `write` made.
    package static func start(configuration: String, port: Int) async throws -> GatewayProcess {
        guard let gateway = try await attempt(configuration, port) else {
            throw SetupFailure("Port \(port) is taken.")
        }
        return gateway
    }

    /// nil when the port was taken meanwhile.
    private static func attempt(_ configuration: String, _ port: Int) async throws -> GatewayProcess? {
        let program = try BuiltPrograms.path(of: BuiltPrograms.gateway)
        let child = try ChildProcess(program, ["serve", "--config", configuration])
        let gateway = GatewayProcess(port: port, configuration: configuration, child: child)
        let text = try String(contentsOfFile: configuration, encoding: .utf8)
        let needsKey = text.contains(/development: true/)
        let answers = try await Polling.wait(for: "the gateway's first answer") { () -> Bool? in
            guard child.isRunning else { return false }
            let answer = try? await gateway.exchange(WireRequest("GET", "/.well-known/oauth-protected-resource"))
            return answer?.status == 200 && (gateway.canIssueTokens || !needsKey) ? true : nil
        }
        if answers { return gateway }
        let status = try await child.exitStatus(within: .seconds(1))
        guard status == 3 else { throw SetupFailure("The gateway ended with \(status): \(child.errorOutput)") }
        return nil
    }

    /// An access token; without scopes all that the roles may have.
    package func token(
        roles: [String] = ["atlas.user", "epic.user", "rubin.user"],
        scopes: [String] = [],
        subject: String = "tester",
        lifetime: String = "1h"
    ) async throws -> String {
        let arguments =
            ["token", "--config", configuration, "--subject", subject, "--ttl", lifetime]
            + roles.flatMap { ["--role", $0] } + scopes.flatMap { ["--scope", $0] }
        return try await tokens.token(arguments)
    }

    private var canIssueTokens: Bool { FileManager.default.fileExists(atPath: issuerKey) }

    /// Ends it with SIGTERM.
    /// - Throws: `SetupFailure` when it ends with another status than 0.
    package func stop() async throws {
        child.signal(SIGTERM)
        let status = try await child.exitStatus(within: .seconds(60))
        guard status == 0 else { throw SetupFailure("The gateway ended with \(status): \(log)") }
    }
}

import Foundation
import JSON
import PluginFixtures
import TestSupport

/// A site whose plugins are put in and taken out by commands.
struct DropInSite {
    let configuration: String
    let port: Int
    /// `plugins.directory`.
    let directory: String
    /// `plugins.managed`.
    let managed: String
    /// The secret key of a key pair; the site calls the other half `lab`.
    let key: String

    /// Makes the site; `trust` are further lines under `trust`.
    init(trust: [String] = []) async throws {
        let folder = try RunFolder.current.subfolder("drop-in")
        directory = "\(folder)/plugins"
        managed = "\(folder)/plugins.yaml"
        key = "\(folder)/lab"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: false)
        _ = try await ProgramRun.beamline("plugin", "keygen", key)
        var settings = SiteSettings()
        settings.libraries = [:]
        settings.furtherLines = """
            trust:
              keys: {lab: {file: "\(key).pub"}}
            \(trust.map { "  " + $0 }.joined(separator: "\n"))
            """
        let written = try await GatewayProcess.write(settings)
        let text = try String(contentsOfFile: written.configuration, encoding: .utf8)
        let words = "plugins:\n  directory: \(directory)\n  managed: \(managed)\n"
        try text.replacingOccurrences(of: "plugins:\n", with: words)
            .replacingOccurrences(of: "  listing: all\n", with: "  listing: all\n  admin: {port: 0}\n")
            .write(toFile: written.configuration, atomically: true, encoding: .utf8)
        configuration = written.configuration
        port = written.port
    }

    /// Runs a command about plugins with this site's configuration.
    func plugin(_ arguments: String...) async throws -> ProgramRun {
        let program = try BuiltPrograms.path(of: BuiltPrograms.gateway)
        return try await ProgramRun.run(program, ["plugin"] + arguments + ["--config", configuration])
    }

    /// The same, for what a test builds on.
    func set(_ arguments: String...) async throws {
        let program = try BuiltPrograms.path(of: BuiltPrograms.gateway)
        let run = try await ProgramRun.run(program, ["plugin"] + arguments + ["--config", configuration])
        guard run.exitStatus == 0 else { throw SetupFailure("\(arguments): \(run)") }
    }

    /// Signs a folder with the site's key.
    func sign(_ bundle: BundleFolder) async throws {
        let run = try await ProgramRun.beamline("plugin", "sign", bundle.path, "--key", key)
        guard run.exitStatus == 0 else { throw SetupFailure("\(run)") }
    }

    /// One line of the metrics of a gateway of this site; nil when there is none that begins so.
    func metric(_ name: String, of gateway: GatewayProcess) async throws -> Substring? {
        let port = try await Polling.wait(for: "the port of the admin listener") { () -> Int? in
            let line = gateway.log.split(separator: "\n").first { $0.contains("admin listening") }
            return line?.components(separatedBy: "port=").last.flatMap(Int.init)
        }
        let answer = try await WireConnection(port: port).exchange(WireRequest("GET", "/metrics").bytes(port: port))
        return answer.text.split(separator: "\n").first { $0.hasPrefix(name) }?[...]
    }

    var managedText: String {
        get throws { try String(contentsOfFile: managed, encoding: .utf8) }
    }

    /// Starts the gateway, hands it over, and stops it.
    func serve<Result>(_ body: (GatewayProcess) async throws -> Result) async throws -> Result {
        let gateway = try await GatewayProcess.start(configuration: configuration, port: port)
        let result = try await body(gateway)
        try await gateway.stop()
        return result
    }
}

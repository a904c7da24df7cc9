import JSON
import ArgumentParser
import FoundationEssentials
import GatewayConfiguration
import Sealing

/// `beamline check`: says everything that is wrong with a configuration, without starting anything.
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Validate a configuration: every error with its line and remedy; exit 1 if there is any."
    )

    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        do {
            try await check()
        } catch let failure as CommandFailure {
            if output.isJSON { Output.json(["ok": false, "errors": .array(failure.lines.map(JSONValue.string))]) }
            throw failure
        }
    }

    private func check() async throws {
        let configuration = try options.read()
        try await Self.check(configuration)
        if output.isJSON {
            Output.json([
                "ok": true, "plugins": .integer(configuration.plugins.count),
                "sources": .integer(configuration.sources.count),
            ])
        } else {
            Output.line(
                "The configuration is in order: \(configuration.plugins.count) plugins, \(configuration.sources.count) sources."
            )
        }
    }

    /// Everything that can be said of a configuration without reaching for anything.
    static func check(_ configuration: Configuration) async throws {
        let faults =
            FileCheck.faults(of: configuration) + (try BundleCheck.faults(of: configuration))
            + SiteRules.faults(of: configuration)
        guard faults.isEmpty else {
            throw CommandFailure(CommandFailure.Code.notInOrder, faults.map(\.description))
        }
        _ = try SourceAssembly.egress(of: configuration)
        try SourceAssembly.checkSecrets(of: configuration)
        _ = try TrustAssembly.trust(of: configuration.trust)
        _ = try configuration.state.database.map(StateAssembly.server)
        _ = try SealerAssembly.sealer(of: configuration.state, orElse: RandomBytes.make(count: 32))
        try IdentityAssembly.check(configuration)
        _ = try IssuerAssembly.records(of: configuration, resource: PublicAddress.resource(of: configuration))
        if let tests = configuration.policy.tests {
            let outcome = try await PolicyTests(configuration: configuration).run(tests)
            guard outcome.failures.isEmpty else {
                throw CommandFailure(CommandFailure.Code.notInOrder, outcome.failures.map(\.description))
            }
        }
    }
}

/// Looks for the files a configuration names.
enum FileCheck {
    static func faults(of configuration: Configuration) -> [ConfigurationFault] {
        var faults: [ConfigurationFault] = []
        for plugin in configuration.plugins where !exists(PluginAssembly.path(of: plugin)) {
            faults.append(ConfigurationFault(plugin.place, "there is no library at \(PluginAssembly.path(of: plugin))"))
        }
        for source in configuration.sources {
            guard case .sqlite(let settings) = source.kind else { continue }
            for path in [settings.path] + settings.attached.values.sorted() where !exists(path) {
                faults.append(ConfigurationFault(source.place, "there is no database file at \(path)"))
            }
        }
        return faults
    }

    static func exists(_ path: String) -> Bool {
        FileManager.default.isReadableFile(atPath: path)
    }
}

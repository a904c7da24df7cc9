import GatewayConfiguration
import GatewayCore
import ArgumentParser
import JSON
import PluginHosting
import PluginWire

/// `beamline plugin …`: for admins and plugin authors.
struct PluginCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plugin",
        abstract: "Look at plugins, and let them in.",
        subcommands: [
            PluginListCommand.self, PluginInspectCommand.self, PluginKeygenCommand.self, PluginSignCommand.self,
            PluginInstallCommand.self, PluginEnableCommand.self, PluginDisableCommand.self, PluginReloadCommand.self,
            PluginChangesCommand.self, PluginApproveCommand.self,
            PluginCheckCommand.self, PluginNewCommand.self,
        ]
    )
}

/// `beamline plugin list`: the plugins of a configuration, where they run and why, and what is wrong with them.
struct PluginListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract:
            "List the configured plugins and those that only lie there; exit 1 when a configured one cannot be used."
    )

    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let configuration = try options.read()
        let outcomes = try await OfflinePlugins.with(configuration) { $0 }
        let others = Result { try FoundPlugins.others(in: configuration) }
        let found = (try? others.get()) ?? []
        let disabled = configuration.disabledPlugins
        if output.isJSON {
            Output.json([
                "plugins": .array(outcomes.map(Self.document)),
                "disabled": .array(disabled.map { .string($0.namespace) }),
                "found": .array(found.map(FoundText.document)),
            ])
        } else {
            let waiting = ApprovalRecords.waiting(configuration)
            for outcome in outcomes {
                Output.line(Self.text(outcome))
                guard let plugin = try? outcome.result.get(), let count = waiting[plugin.namespace] else { continue }
                Output.line(
                    "  \(count) items wait: beamline plugin changes \(plugin.namespace) --config \(options.path)"
                )
            }
            for plugin in disabled { Output.line("\(plugin.namespace): disabled (\(PluginAssembly.path(of: plugin)))") }
            for found in found { Output.line(FoundText.text(found)) }
        }
        _ = try others.get()
        let failed = outcomes.filter { (try? $0.result.get()) == nil }
        guard failed.isEmpty else {
            throw CommandFailure.notInOrder("\(failed.count) of \(outcomes.count) plugins cannot be used.")
        }
    }

    private static func text(_ outcome: PluginLoadOutcome) -> String {
        switch outcome.result {
        case .success(let plugin):
            let sources = plugin.manifest.sources.map { "\($0.name) (\($0.kind.rawValue))" }.joined(separator: ", ")
            return """
                \(plugin.namespace): \(plugin.manifest.id) \(plugin.manifest.version), \(plugin.tools.count) tools
                  runs \(plugin.isolation.rawValue): \(plugin.isolationReason)\(walls(of: plugin))
                  is \(plugin.origin)
                  wants \(sources.isEmpty ? "no sources" : sources)
                  sha256 \(plugin.digest)
                """
        case .failure(let failure):
            return "\(outcome.path): cannot be used: \(failure.reason)"
        }
    }

    /// The walls of a worker on this machine, which the gateway's will have too.
    private static func walls(of plugin: LoadedPlugin) -> String {
        plugin.provider.worker.map { ", within \($0.layers.names.joined(separator: ", "))" } ?? ""
    }

    private static func document(_ outcome: PluginLoadOutcome) -> JSONValue {
        switch outcome.result {
        case .success(let plugin):
            return [
                "namespace": .string(plugin.namespace), "id": .string(plugin.manifest.id),
                "version": .string(plugin.manifest.version), "path": .string(outcome.path),
                "origin": .string("\(plugin.origin)"), "isolation": .string(plugin.isolation.rawValue),
                "reason": .string(plugin.isolationReason),
                "walls": .array((plugin.provider.worker?.layers.names ?? []).map(JSONValue.string)),
                "sha256": .string(plugin.digest), "tools": .array(plugin.tools.map { .string($0.localName) }),
                "sources": .array(plugin.manifest.sources.map { .string($0.name) }),
                "warnings": .array(plugin.warnings.map(JSONValue.string)),
            ]
        case .failure(let failure):
            return [
                "path": .string(outcome.path), "failed": .string(failure.step.rawValue),
                "reason": .string(failure.reason),
            ]
        }
    }
}

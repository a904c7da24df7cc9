import ArgumentParser
import GatewayConfiguration
import JSON
import PluginHosting

/// `beamline plugin enable`: lets a plugin run that lies in the site's folder, or one that was disabled.
struct PluginEnableCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "enable",
        abstract: "Show what a plugin wants and let it run, with the items it has now."
    )

    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "The name in plugins.directory, the id or the namespace; or the path of a bundle.")
    var name: String

    @Option(help: "The namespace it gets; default what its manifest proposes.")
    var namespace: String?

    @Option(name: .customLong("source"), help: "A source it may use, as ITS-NAME=NAME-UNDER-SOURCES; may be repeated.")
    var sources: [String] = []

    @Option(help: "Its own settings, a JSON object.")
    var settings: String?

    func run() throws {
        let managed = try ManagedPlugins(options)
        let trust = try TrustAssembly.trust(of: managed.configuration.trust)
        let candidate = try EnableCandidate(name, namespace: namespace, managed: managed, trust: trust)
        let given = EnableSettings(sources: try bindings(), settings: try ownSettings())
        try candidate.check(given, trust: trust)
        let change = try managed.prepare(candidate.edit(given))
        // First what was shown, then what makes it run: a plugin that is changed in between is seen to be another.
        let approval = try ApprovalRecords.approve(candidate.manifest, of: candidate.namespace, managed.configuration)
        try managed.make(change)
        let told = ReloadText.afterChange(change.configuration)
        if output.isJSON {
            Output.json([
                "namespace": .string(candidate.namespace), "enabled": true, "approval": .string(approval),
                "reload": .string(told), "plugin": InspectionText.document(candidate.inspection),
            ])
        } else {
            Output.line(
                "\(candidate.namespace) is enabled: \(candidate.inspection.path), \(candidate.inspection.origin)"
            )
            for line in InspectionText.wants(candidate.inspection) { Output.line("  " + Printable.line(line)) }
            Output.line(approval)
            Output.line(told)
        }
    }

    private func bindings() throws -> [String: String] {
        var bindings: [String: String] = [:]
        for source in sources {
            let parts = source.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2, bindings.updateValue(parts[1], forKey: parts[0]) == nil else {
                throw CommandFailure.usage("--source: must be ITS-NAME=NAME-UNDER-SOURCES, each name once.")
            }
        }
        return bindings
    }

    private func ownSettings() throws -> JSONValue? {
        guard let settings else { return nil }
        guard let value = try? JSONValue(parsing: settings), value.object != nil else {
            throw CommandFailure.usage("--settings: must be a JSON object.")
        }
        return value
    }
}

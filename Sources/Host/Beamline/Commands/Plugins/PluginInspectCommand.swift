import ArgumentParser
import GatewayConfiguration
import PluginHosting

/// `beamline plugin inspect`: what a plugin is and wants, without running it.
struct PluginInspectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Show what a bundle, a folder or a library is and wants, without running any of it."
    )

    @OptionGroup var output: OutputOptions

    @Argument(help: "The bundle, folder or library.")
    var path: String

    @Option(name: .customLong("config"), help: "A configuration whose trust.keys are asked about the signature.")
    var configurationPath: String?

    func run() throws {
        var trust = BundleTrust.none
        var limits = BundleLimits()
        if let configurationPath {
            let configuration = try ConfigurationOptions.read(configurationPath)
            trust = try TrustAssembly.trust(of: configuration.trust)
            limits = configuration.limits.bundles
        }
        do {
            let inspection = try PluginInspection(path: path, trust: trust, limits: limits)
            if output.isJSON {
                Output.json(InspectionText.document(inspection))
            } else {
                Output.line(InspectionText.text(inspection))
            }
        } catch {
            throw CommandFailure.notInOrder(error.reason)
        }
    }
}

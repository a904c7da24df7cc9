import ArgumentParser
import GatewayConfiguration
import JSON
import PluginHosting

/// `beamline plugin install`: a verified copy of a bundle in the site's folder of plugins; nothing of it runs.
struct PluginInstallCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "install",
        abstract: "Verify a bundle and copy it into plugins.directory. It does not run until it is enabled."
    )

    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "The folder of the bundle.")
    var path: String

    func run() throws {
        let configuration = try options.read()
        guard let directory = configuration.pluginsDirectory else {
            throw CommandFailure.notInOrder("\(options.path): say where plugins are put, with plugins.directory.")
        }
        let trust = try TrustAssembly.trust(of: configuration.trust)
        let limits = configuration.limits.bundles
        do {
            let bundle = try PluginBundle(path: path, trust: trust, limits: limits)
            let inspection = try PluginInspection(path: path, trust: trust, limits: limits)
            if let obstacle = inspection.obstacle(trust) { throw CommandFailure.notInOrder(obstacle) }
            let installed = try BundleInstaller.install(bundle, into: directory, limits: limits)
            report(installed, inspection)
        } catch let failure as BundleFailure {
            throw CommandFailure.notInOrder(failure.reason)
        }
    }

    private func report(_ installed: BundleInstaller.Installed, _ inspection: PluginInspection) {
        if output.isJSON {
            Output.json(["path": .string(installed.path), "was_there": .bool(installed.wasThere)])
            return
        }
        let name = installed.path.split(separator: "/").last.map(String.init) ?? installed.path
        Output.line(
            "\(installed.path): \(installed.wasThere ? "was installed already" : "installed"), \(inspection.origin)"
        )
        for line in InspectionText.wants(inspection) { Output.line("  " + Printable.line(line)) }
        Output.line("Nothing of it runs until you say: beamline plugin enable \(name) --config \(options.path)")
    }
}

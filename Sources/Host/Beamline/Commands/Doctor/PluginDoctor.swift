import Diagnosis
import GatewayConfiguration
import PluginHosting
import PluginWire

/// Loads every plugin as the gateway would, and lets it go again.
enum PluginDoctor {
    static func findings(_ configuration: Configuration) async -> [Finding] {
        do {
            return try await OfflinePlugins.with(configuration) { outcomes in
                outcomes.flatMap(findings(of:))
            }
        } catch {
            let text = (error as? CommandFailure)?.lines.joined(separator: " ") ?? "\(error)"
            return [Finding("plugins", .broken, text, remedy: "Mend what `beamline check` says first.")]
        }
    }

    private static func findings(of outcome: PluginLoadOutcome) -> [Finding] {
        switch outcome.result {
        case .success(let plugin):
            let subject = "plugin \(plugin.namespace)"
            let layers = plugin.provider.worker?.layers.names.joined(separator: ", ")
            let place = layers.map { "in a worker behind \($0)" } ?? "in the gateway's process"
            let text = "\(plugin.tools.count) tools, \(place)"
            let remedy = "Read about it in the documentation of plugins, and tell its author."
            return [Finding(subject, .ok, text)]
                + plugin.warnings.map { Finding(subject, .warning, $0, remedy: remedy) }
        case .failure(let failure):
            return [
                Finding(
                    "plugin \(outcome.path)",
                    .broken,
                    failure.reason,
                    remedy: "Run `beamline plugin check \(outcome.path)`, or take it out of `plugins`."
                )
            ]
        }
    }
}

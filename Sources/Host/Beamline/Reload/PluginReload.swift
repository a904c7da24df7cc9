import GatewayConfiguration
import Logging
import PluginHosting

/// Replaces the plugins that run in workers when a reload finds others in their places.
struct PluginReload {
    let loader: PluginLoader
    let shelf: PluginShelf

    /// The namespaces of the plugins that a running gateway can replace.
    var replaceable: Set<String> {
        Set(shelf.plugins.filter { $0.isolation == .worker }.map(\.namespace))
    }

    /// Starts what has changed beside what runs, all of it or, with a fault, nothing.
    /// - Throws: `CommandFailure` with what is wrong.
    func prepare(_ requests: [PluginLoadRequest]) async throws -> [PluginReplacement] {
        var replacements: [PluginReplacement] = []
        var faults: [String] = []
        for (request, outcome) in zip(requests, await loader.replacements(requests)) {
            switch outcome {
            case .stays: break
            case .failed(let failure): faults.append("\(request.path): \(failure.reason)")
            case .replaced(let replacement):
                replacements.append(replacement)
                if let failure = RuleCheck.failure(of: replacement.plugin) {
                    faults.append("\(request.path): \(failure.reason)")
                }
            }
        }
        guard faults.isEmpty else {
            await discard(replacements)
            throw CommandFailure(CommandFailure.Code.notInOrder, faults)
        }
        return replacements
    }

    func discard(_ replacements: [PluginReplacement]) async {
        for replacement in replacements { await replacement.discard() }
    }

    /// Has calls go to what was started.
    func commit(_ replacements: [PluginReplacement], logger: Logger) async {
        let plugins = replacements.map(\.plugin)
        for replacement in replacements { replacement.commit() }
        loader.adopt(plugins)
        shelf.adopt(plugins)
        for plugin in plugins {
            await shelf.refresh(plugin.namespace)
            logger.notice(
                "plugin replaced",
                metadata: [
                    "namespace": "\(plugin.namespace)", "version": "\(plugin.manifest.version)",
                    "sha256": "\(plugin.digest)",
                ]
            )
        }
    }

    /// The workers of plugins that a configuration names no more, which nobody is sent to from now on.
    func takeOut(_ configuration: Configuration) -> Set<String> {
        let gone = replaceable.subtracting(configuration.plugins.map(\.namespace))
        shelf.forget(gone)
        return gone
    }
}

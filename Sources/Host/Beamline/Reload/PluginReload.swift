import GatewayConfiguration
import Logging
import PluginHosting

/// Loads the plugins that a reload finds new, and replaces those in workers when others lie in their places.
struct PluginReload {
    let loader: PluginLoader
    let shelf: PluginShelf
    let approvals: ApprovalGate
    let directory: PluginDirectory

    /// What has started and serves nobody yet.
    struct Prepared: Sendable {
        var replacements: [PluginReplacement] = []
        var additions: [LoadedPlugin] = []

        var plugins: [LoadedPlugin] { replacements.map(\.plugin) + additions }
    }

    /// The namespaces of the plugins that a running gateway can replace.
    var replaceable: Set<String> {
        Set(shelf.plugins.filter { $0.isolation == .worker }.map(\.namespace))
    }

    /// Starts what has changed or is new beside what runs, all of it or, with a fault, nothing.
    ///
    /// Those of `known` that could not be loaded before are tried again, and hold up nothing when they still cannot.
    /// - Throws: `CommandFailure` with what is wrong.
    func prepare(_ requests: [PluginLoadRequest], known: Set<String>) async throws -> Prepared {
        var prepared = Prepared()
        var faults: [String] = []
        let present = Set(shelf.plugins.map(\.namespace))
        let absent = requests.filter { request in request.namespace.map { !present.contains($0) } ?? false }
        for (request, outcome) in zip(absent, approvals.checked(await loader.load(absent).map(RuleCheck.checked))) {
            switch outcome.result {
            case .success(let plugin): prepared.additions.append(plugin)
            case .failure(let failure):
                if !known.contains(request.namespace ?? "") { faults.append("\(request.path): \(failure.reason)") }
            }
        }
        for (request, outcome) in zip(requests, await loader.replacements(requests)) {
            switch outcome {
            case .stays: break
            case .failed(let failure): faults.append("\(request.path): \(failure.reason)")
            case .replaced(let replacement):
                prepared.replacements.append(replacement)
                if let failure = RuleCheck.failure(of: replacement.plugin) {
                    faults.append("\(request.path): \(failure.reason)")
                }
            }
        }
        guard faults.isEmpty else {
            await discard(prepared)
            throw CommandFailure(CommandFailure.Code.notInOrder, faults)
        }
        return prepared
    }

    func discard(_ prepared: Prepared) async {
        for replacement in prepared.replacements { await replacement.discard() }
        await loader.end(prepared.additions)
    }

    /// Has calls go to what was started.
    func commit(_ prepared: Prepared, logger: Logger) async {
        let replaced = prepared.replacements.map(\.plugin)
        for plugin in replaced { directory.note(plugin.manifest.documents, of: plugin.namespace) }
        for replacement in prepared.replacements { replacement.commit() }
        loader.adopt(replaced)
        shelf.adopt(replaced)
        shelf.add(prepared.additions)
        for plugin in prepared.additions { directory.put(plugin) }
        for plugin in prepared.plugins {
            await shelf.refresh(plugin.namespace)
            logger.notice(
                replaced.contains { $0.namespace == plugin.namespace } ? "plugin replaced" : "plugin put in",
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
        for namespace in gone { directory[namespace] = nil }
        return gone
    }
}

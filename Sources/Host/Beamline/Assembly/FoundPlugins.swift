import GatewayConfiguration
import Logging
import PluginHosting
import PluginRuntime

/// The plugins in `plugins.directory` that the configuration does not name.
enum FoundPlugins {
    /// Looks at them; blocks.
    static func others(in configuration: Configuration) throws -> [FoundPlugin] {
        guard let directory = configuration.pluginsDirectory else { return [] }
        let named = Set((configuration.plugins + configuration.disabledPlugins).map(PluginAssembly.path))
        let trust = try TrustAssembly.trust(of: configuration.trust)
        do {
            return try FoundPlugin.all(in: directory, trust: trust, limits: configuration.limits.bundles)
                .filter { !named.contains($0.path) }
        } catch {
            throw CommandFailure.notInOrder("plugins.directory: \(error.reason)")
        }
    }

    /// Says in the log what there is to be enabled; reads on a thread of its own.
    static func report(_ configuration: Configuration, logger: Logger) async {
        guard configuration.pluginsDirectory != nil,
            let thread = try? DedicatedThreads(count: 1, name: "plugin-found")
        else { return }
        let result = await thread.result(within: .seconds(60)) { Result { try others(in: configuration) } }
        do {
            for found in try result?.get() ?? [] { report(found, logger) }
        } catch let failure as CommandFailure {
            for line in failure.lines { logger.warning("\(line)") }
        } catch {
            logger.warning("\(error)")
        }
    }

    private static func report(_ found: FoundPlugin, _ logger: Logger) {
        switch found.result {
        case .success(let inspection):
            logger.info(
                "a plugin lies here that is not enabled",
                metadata: [
                    "path": "\(found.path)", "id": "\(inspection.manifest?.id ?? "unknown")",
                    "version": "\(inspection.manifest?.version ?? "unknown")", "origin": "\(inspection.origin)",
                ]
            )
        case .failure(let failure): logger.warning("what lies here is no plugin: \(failure.reason)")
        }
    }
}

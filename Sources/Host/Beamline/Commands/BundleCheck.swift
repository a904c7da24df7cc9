import GatewayConfiguration
import PluginHosting

/// Looks at the plugins a configuration names as the gateway would, as far as that needs no running of them.
enum BundleCheck {
    /// What would keep them from being loaded; blocks.
    static func faults(of configuration: Configuration) throws -> [ConfigurationFault] {
        let trust = try TrustAssembly.trust(of: configuration.trust)
        return configuration.plugins.compactMap { plugin -> ConfigurationFault? in
            let path = PluginAssembly.path(of: plugin)
            // What is not there, another check says.
            guard FileCheck.exists(path) else { return nil }
            do throws(BundleFailure) {
                let inspection = try PluginInspection(path: path, trust: trust, limits: configuration.limits.bundles)
                return inspection.obstacle(trust).map { ConfigurationFault(plugin.place, $0) }
            } catch {
                return ConfigurationFault(plugin.place, error.reason)
            }
        }
    }
}

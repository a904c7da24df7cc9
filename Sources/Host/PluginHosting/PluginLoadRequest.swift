package import GatewayCore
package import PluginRuntime

/// A plugin the configuration names.
package struct PluginLoadRequest: Sendable {
    /// Where a plugin shall run.
    package enum Isolation: String, Hashable, Sendable, CaseIterable {
        /// In this process when it was shipped with the gateway, else in one of its own.
        case auto
        case inProcess = "in-process"
        /// In a sandboxed process of its own.
        case worker
    }

    /// The library, or the folder of a bundle.
    package let path: String
    /// The namespace the site gives; nil for the one the manifest proposes.
    package let namespace: String?
    /// The SHA-256 the library must have, in hexadecimal; nil for any.
    package let pin: String?
    /// The manifest beside the library; nil looks for `<name>.manifest.json` and does without when it is absent.
    package let manifestPath: String?
    /// Whether the gateway shall not start without it.
    package let isRequired: Bool
    package let isolation: Isolation
    /// A JSON object for the plugin's `create`.
    package let configuration: [UInt8]
    /// What the host does when the plugin asks.
    package let services: any HostServing
    package let limits: PluginLimits
    /// Whose bundles are accepted.
    package let trust: BundleTrust
    package let bundleLimits: BundleLimits

    package init(
        path: String,
        namespace: String? = nil,
        pin: String? = nil,
        manifestPath: String? = nil,
        isRequired: Bool = true,
        isolation: Isolation = .auto,
        configuration: [UInt8] = PluginRequest.emptyObject,
        services: any HostServing,
        limits: PluginLimits = PluginLimits(),
        trust: BundleTrust = .none,
        bundleLimits: BundleLimits = BundleLimits()
    ) {
        self.path = path
        self.namespace = namespace
        self.pin = pin
        self.manifestPath = manifestPath
        self.isRequired = isRequired
        self.isolation = isolation
        self.configuration = configuration
        self.services = services
        self.limits = limits
        self.trust = trust
        self.bundleLimits = bundleLimits
    }
}

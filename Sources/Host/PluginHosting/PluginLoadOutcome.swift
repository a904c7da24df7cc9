package import GatewayCore

/// What became of one plugin the configuration names.
package struct PluginLoadOutcome: Sendable {
    package let path: String
    package let isRequired: Bool
    package let result: Result<LoadedPlugin, PluginLoadFailure>

    package init(path: String, isRequired: Bool, result: Result<LoadedPlugin, PluginLoadFailure>) {
        self.path = path
        self.isRequired = isRequired
        self.result = result
    }
}

/// A plugin that serves.
package struct LoadedPlugin: Sendable {
    package let namespace: String
    package let manifest: PluginManifest
    /// The tools of the manifest, then those the plugin lists.
    package let tools: [ToolDescription]
    /// The resources, templates and prompts of the manifest, then those the plugin lists.
    package let items: [ItemDescription]
    package let provider: HostedPlugin
    /// Where it comes from; its `isTrustedInProcess` is what `isolation: auto` asks.
    package let origin: PluginOrigin
    /// Where it runs, and why there.
    package let isolation: PluginLoadRequest.Isolation
    package let isolationReason: String
    /// SHA-256 of what was loaded, in hexadecimal.
    package let digest: String
    /// What the operator should know although it serves.
    package let warnings: [String]
}

/// Why a plugin does not serve.
package struct PluginLoadFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// What failed; fit for a metric label.
    package enum Step: String, Hashable, Sendable {
        case isolation, file, signature, image, pin, namespace, library, manifest, configuration, start
    }

    package let step: Step
    /// A sentence for the operator.
    package let reason: String

    package init(_ step: Step, _ reason: String) {
        self.step = step
        self.reason = reason
    }

    package var description: String { reason }
}

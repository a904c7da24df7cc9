/// Where a plugin runs, and why there: decided from what the site wrote and from where the plugin comes from, before
/// anything of it is loaded.
package struct PluginPlacement: Hashable, Sendable {
    /// In the gateway's process, or in one of its own; never `auto`.
    package let mode: PluginLoadRequest.Isolation
    /// For the operator; a clause without a full stop.
    package let reason: String

    package init(_ mode: PluginLoadRequest.Isolation, because reason: String) {
        self.mode = mode
        self.reason = reason
    }

    /// What the site wrote is always obeyed; `auto` trusts what was shipped with the gateway or is signed by a key of
    /// `trust.in_process`, and nothing else.
    package static func decide(_ wanted: PluginLoadRequest.Isolation, origin: PluginOrigin) -> PluginPlacement {
        switch (wanted, origin) {
        case (.inProcess, _): PluginPlacement(.inProcess, because: "the configuration says so")
        case (.worker, _): PluginPlacement(.worker, because: "the configuration says so")
        case (.auto, .shipped): PluginPlacement(.inProcess, because: "it was shipped with the gateway")
        case (.auto, .bundle(.signed(by: let key, isTrustedInProcess: true))):
            PluginPlacement(.inProcess, because: "it is signed by \(key), a key of trust.in_process")
        case (.auto, .bundle): PluginPlacement(.worker, because: "it is not signed by a key of trust.in_process")
        case (.auto, .library):
            PluginPlacement(.worker, because: "it was not shipped with the gateway, or others may write where it lies")
        }
    }
}

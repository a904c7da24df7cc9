package import GatewayCore

/// Why a library cannot serve as a plugin.
///
/// For the operator; a caller never sees it.
package enum PluginLoadError: Error, Hashable, Sendable {
    /// The system's loader refused the file; its own words.
    case notLoadable(String)
    /// The library does not export the entry point.
    case entryPointAbsent
    /// The entry point returned no table: the plugin refuses this host.
    case refusedByPlugin
    /// The table is of another major version of the contract.
    case majorDiffers(UInt32)
    /// The table is shorter than that of version 1.0.
    case tableTooShort(UInt64)
    /// A function every plugin must have is missing.
    case functionAbsent(String)
    /// A flag that a host must understand and this one does not.
    case unknownFlags(UInt64)
    /// The manifest function gave nothing readable.
    case manifestUnreadable
    /// `create` did not answer OK, or answered OK without an instance.
    case notCreated(PluginStatus)
    /// START did not answer OK; the plugin's own words.
    case notStarted(PluginStatus, String)
    /// Code that must return at once did not.
    case didNotReturn(step: String, limit: Duration)
    /// The system refused to start a thread.
    case noThread(error: Int32)
}

extension PluginLoadError: CustomStringConvertible {
    /// One sentence for the operator that says what to do.
    package var description: String {
        switch self {
        case .notLoadable(let reason):
            "The system's loader refused the library: \(reason). Rebuild the plugin for this system."
        case .entryPointAbsent:
            "The library does not export beam_plugin_v1, so it is no plugin of this major version; rebuild it against plugin_api.h."
        case .refusedByPlugin:
            "beam_plugin_v1 returned NULL: the plugin refuses this host; see what it logged."
        case .majorDiffers(let major):
            "The plugin was built for major \(major) of the plugin contract and this host has major 1; install a matching build."
        case .tableTooShort(let size):
            "The plugin's table has \(size) bytes, fewer than version 1.0 requires; set struct_size to sizeof(beam_plugin)."
        case .functionAbsent(let name):
            "The plugin's table has no \(name) function, which every plugin must have."
        case .unknownFlags(let flags):
            "The plugin needs a newer host: its flags 0x\(String(flags, radix: 16)) are unknown here."
        case .manifestUnreadable:
            "The plugin's manifest function returned nothing; it must return the bytes of its manifest."
        case .notCreated(let status):
            "The plugin's create function failed (\(status)); see what it logged."
        case .notStarted(let status, let message):
            "The plugin did not start (\(status)): \(message)"
        case .didNotReturn(let step, let limit):
            "The plugin's \(step) did not return within \(limit); it must neither block nor wait."
        case .noThread(let error):
            "The system refused to start a thread (error \(error)); raise the process's limit of threads."
        }
    }
}

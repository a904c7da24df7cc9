package import GatewayCore

/// How a call of a plugin ended, before its bytes are looked at.
package enum CallOutcome: Sendable {
    /// The plugin completed it.
    case completed(CompletedCall)
    /// `submit` did not take it.
    case refused(PluginStatus)
    /// The host ended it: `timeout`, `cancelled` or `unavailable` (stopping).
    case ended(PluginStatus)
}

/// What a plugin passed to `complete`, copied, not yet checked.
package enum CompletedCall: Sendable {
    case result(status: PluginStatus, isError: Bool, structured: [UInt8], content: [UInt8], meta: [UInt8])
    case tooLarge(bytes: UInt64)
    /// The struct or a string in it cannot be read.
    case unreadable(String)
}

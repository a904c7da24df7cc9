package import GatewayCore

/// What a plugin answered, or why there is no answer.
///
/// Byte arrays are checked: each is empty or one JSON text of its kind.
package struct PluginReply: Sendable {
    package let status: PluginStatus
    /// Whether a tool failed in its own words.
    package let isError: Bool
    /// Any JSON value.
    package let structured: [UInt8]
    /// A JSON array.
    package let content: [UInt8]
    /// A JSON object.
    package let meta: [UInt8]
    /// Set when the host answers in the plugin's place.
    package let fault: PluginFault?

    package init(
        status: PluginStatus,
        isError: Bool = false,
        structured: [UInt8] = [],
        content: [UInt8] = [],
        meta: [UInt8] = [],
        fault: PluginFault? = nil
    ) {
        self.status = status
        self.isError = isError
        self.structured = structured
        self.content = content
        self.meta = meta
        self.fault = fault
    }

    /// The host's own answer.
    package init(fault: PluginFault) {
        self.init(status: fault.status, fault: fault)
    }
}

/// Why the host answers in a plugin's place.
package enum PluginFault: Hashable, Sendable {
    /// What the plugin passed to `complete` cannot be read or is no JSON; where and why.
    case malformedResult(String)
    /// The result has so many bytes, more than the cap.
    case resultTooLarge(UInt64)
    case deadlinePassed
    /// The caller went away.
    case cancelled
    /// Too many calls are open or waiting already.
    case queueFull
    case stopping
    /// The worker that had the call is gone.
    case died
    /// The instance was gone before it had the call.
    case gone
    /// Too many calls were never completed.
    case disabled
    /// `submit` did not take the call.
    case refused(PluginStatus)

    /// The status a reply with this fault has.
    package var status: PluginStatus {
        switch self {
        case .malformedResult: .internal
        case .resultTooLarge: .tooLarge
        case .deadlinePassed: .timeout
        case .cancelled: .cancelled
        case .queueFull: .busy
        case .stopping, .died, .gone, .disabled: .unavailable
        // A request that is refused with OK cannot be; such a number counts as a fault of the plugin.
        case .refused(let status): status == .ok ? .internal : status
        }
    }
}

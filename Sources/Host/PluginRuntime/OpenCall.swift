import GatewayCore

/// One call in a plugin's hands.
struct OpenCall {
    enum Phase {
        /// Has a number; `submit` has not begun.
        case reserved
        /// `submit` is running.
        case submitting
        /// `submit` answered OK: one `complete` is owed.
        case open
    }

    let item: String
    let deadline: Deadline?
    let caller: PluginCaller?
    let events: PluginRequest.Listener?
    /// Whether its end makes room for a waiting call.
    let isCounted: Bool
    var phase = Phase.reserved
    /// Who waits for the answer; nil before anyone does and after they got one.
    var waiter: CallWaiter?
    /// Why the answer is no longer wanted.
    var ended: PluginStatus?
    /// Whether its place counts as lost.
    var isLost = false
    /// When the host must look at it again, on `CLOCK_MONOTONIC`: its deadline, then the end of the grace period.
    var due: Int64
    /// The operations of the host it has open.
    var invocations: [UInt64] = []

    /// Takes out the task that waits; a relay goes on waiting for the plugin.
    mutating func takeTask() -> CallWaiter? {
        guard case .task = waiter else { return nil }
        return waiter.take()
    }
}

/// One operation of the host a plugin waits for.
struct OpenInvocation {
    /// The call it belongs to, or 0.
    let parent: UInt64
    var task: Task<Void, Never>?
    var isAborted = false
}

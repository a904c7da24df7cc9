import GatewayCore

/// How a call or an operation ends for the one who waits for it, while the plugin may still hold it.
extension CallRegistry {
    static func end(
        _ number: UInt64,
        _ why: PluginStatus,
        at now: Int64,
        grace: Int64,
        in state: inout State
    ) -> (CallWaiter?, [Task<Void, Never>], mustTell: Bool) {
        let changed = state.calls.change(number) {
            call -> (CallWaiter?, [UInt64], Bool)? in
            guard call.ended == nil else { return nil }
            call.ended = why
            call.due = now + grace
            return (call.takeTask(), call.invocations, call.phase == .open)
        }
        guard let (waiter, invocations, mustTell) = changed ?? nil else { return (nil, [], false) }
        if mustTell { state.inside += 1 }
        return (waiter, abort(invocations, in: &state), mustTell)
    }

    static func abort(_ invocations: [UInt64], in state: inout State) -> [Task<Void, Never>] {
        invocations.compactMap { number in
            state.invocations.change(number) { invocation in
                invocation.isAborted = true
                return invocation.task
            } ?? nil
        }
    }
}

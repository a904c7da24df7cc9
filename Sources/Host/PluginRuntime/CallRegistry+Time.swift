import GatewayCore
import Synchronization

extension CallRegistry {
    /// What has to follow from the passing of time.
    package struct Expired: Sendable {
        /// Calls whose deadline has come: the plugin's `cancel` must be called with `timeout`, then `leave()`.
        package var toCancel: [UInt64] = []
        /// The items of calls that were not completed within the grace period.
        package var lost: [String] = []
        /// When to look again, on `CLOCK_MONOTONIC`.
        package var next = Int64.max
    }

    /// Ends what is due at a moment of `CLOCK_MONOTONIC`.
    package func expire(at now: Int64) -> Expired {
        let (expired, waiters, tasks, idle) = state.withLock { state in
            var expired = Expired()
            var waiters: [CallWaiter] = []
            var tasks: [Task<Void, Never>] = []
            for number in state.calls.numbers {
                guard let (due, hasEnded) = state.calls.change(number, { ($0.due, $0.ended != nil) }) else { continue }
                if due > now {
                    expired.next = min(expired.next, due)
                } else if hasEnded {
                    expired.lost.append(Self.lose(number, in: &state))
                } else {
                    let (waiter, aborted, mustTell) = Self.end(
                        number,
                        .timeout,
                        at: now,
                        grace: graceNanoseconds,
                        in: &state
                    )
                    if let waiter { waiters.append(waiter) }
                    tasks += aborted
                    if mustTell { expired.toCancel.append(number) }
                    expired.next = min(expired.next, now + graceNanoseconds)
                }
            }
            let idle = Self.expireIdleWaiter(at: now, &expired.next, in: &state)
            return (expired, waiters, tasks, idle)
        }
        for task in tasks { task.cancel() }
        for waiter in waiters { waiter.hear(.ended(.timeout)) }
        idle?.resume(returning: false)
        return expired
    }

    private static func lose(_ number: UInt64, in state: inout State) -> String {
        state.lost += 1
        return state.calls.change(number) { call in
            call.isLost = true
            call.due = MonotonicTime.never
            return call.item
        } ?? ""
    }

    private static func expireIdleWaiter(
        at now: Int64,
        _ next: inout Int64,
        in state: inout State
    ) -> CheckedContinuation<Bool, Never>? {
        guard let waiter = state.idleWaiter else { return nil }
        guard waiter.due <= now else {
            next = min(next, waiter.due)
            return nil
        }
        state.idleWaiter = nil
        return waiter.continuation
    }

    /// Takes no more calls and ends all open ones with `unavailable`.
    /// - Returns: calls for which the plugin's `cancel` must be called, each followed by `leave()`.
    package func beginStopping() -> [UInt64] {
        let now = MonotonicTime.now()
        let (toCancel, waiters, tasks) = state.withLock { state in
            state.stage = .stopping
            var toCancel: [UInt64] = []
            var waiters: [CallWaiter] = []
            var tasks: [Task<Void, Never>] = []
            for number in state.calls.numbers {
                let (waiter, aborted, mustTell) = Self.end(
                    number,
                    .unavailable,
                    at: now,
                    grace: graceNanoseconds,
                    in: &state
                )
                if let waiter { waiters.append(waiter) }
                tasks += aborted
                if mustTell { toCancel.append(number) }
            }
            // What the plugin asked for on its own behalf has no call whose end would abort it.
            tasks += Self.abort(state.invocations.numbers, in: &state)
            return (toCancel, waiters, tasks)
        }
        for task in tasks { task.cancel() }
        for waiter in waiters { waiter.hear(.ended(.unavailable)) }
        return toCancel
    }

    /// Ends everything for ever, because the plugin's side is gone: nobody owes anything any more.
    package func abandon() {
        let (waiters, tasks, idle) = state.withLock { state in
            state.stage = .closed
            let calls = state.calls.numbers.compactMap { state.calls.remove($0) }
            state.lost = 0
            let idle = state.idleWaiter?.continuation
            state.idleWaiter = nil
            return (calls.compactMap(\.waiter), Self.abort(state.invocations.numbers, in: &state), idle)
        }
        for task in tasks { task.cancel() }
        // Told apart from an end by stopping, by which the plugin may have answered.
        for waiter in waiters { waiter.hear(.ended(.internal)) }
        idle?.resume(returning: false)
    }

    /// Waits until no call is open, no function of the plugin runs and every reply was given.
    ///
    /// Needs someone who calls `expire` at the moment given. One waiter at a time.
    /// - Returns: false when the moment of `CLOCK_MONOTONIC` came first.
    package func isIdle(by due: Int64, armed: @Sendable () -> Void) async -> Bool {
        await withCheckedContinuation { continuation in
            let isIdle: Bool? = state.withLock { state in
                guard !state.isIdle else { return true }
                guard state.stage != .closed else { return false }
                state.idleWaiter = (continuation, due)
                return nil
            }
            if let isIdle { continuation.resume(returning: isIdle) } else { armed() }
        }
    }
}

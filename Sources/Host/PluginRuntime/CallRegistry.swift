package import GatewayCore
import Synchronization

/// The calls in flight of one plugin instance: each is answered exactly once, whatever the plugin does.
///
/// A pure table of states under one lock that is held for a few dozen instructions. It calls nobody: what must be told
/// to the plugin is returned, and the caller of the method tells it.
package final class CallRegistry: Sendable {
    /// What a call is about.
    package struct Entry: Sendable {
        package let item: String
        package let deadline: Deadline?
        package let due: Int64
        package let caller: PluginCaller?
        package let events: PluginRequest.Listener?
        package let isCounted: Bool

        package init(
            item: String,
            deadline: Deadline?,
            due: Int64,
            caller: PluginCaller? = nil,
            events: PluginRequest.Listener? = nil,
            isCounted: Bool = true
        ) {
            self.item = item
            self.deadline = deadline
            self.due = due
            self.caller = caller
            self.events = events
            self.isCounted = isCounted
        }
    }

    /// Whether the registry takes calls.
    package enum Stage: Sendable {
        /// `create` has not returned: nothing is taken.
        case creating
        case serving
        /// Only the host's own calls (STOP) are taken.
        case stopping
        /// Everything is stale, for ever.
        case closed
    }

    struct State {
        var stage = Stage.creating
        var calls = SlotTable<OpenCall>(base: 0)
        var invocations = SlotTable<OpenInvocation>(base: 1 << 31)
        /// How many of the plugin's functions, and its replies, are running.
        var inside = 0
        var stale: UInt64 = 0
        var lost = 0
        var idleWaiter: (continuation: CheckedContinuation<Bool, Never>, due: Int64)?

        var isIdle: Bool { calls.isEmpty && invocations.isEmpty && inside == 0 }

        mutating func takeIdleWaiter() -> CheckedContinuation<Bool, Never>? {
            guard isIdle, let waiter = idleWaiter else { return nil }
            idleWaiter = nil
            return waiter.continuation
        }
    }

    let state = Mutex(State())
    let gate: ConcurrencyGate
    let graceNanoseconds: Int64

    package init(gate: ConcurrencyGate, cancelGrace: Duration) {
        self.gate = gate
        graceNanoseconds = cancelGrace.wholeNanoseconds
    }

    /// Lets calls in.
    package func open() {
        state.withLock { $0.stage = .serving }
    }

    /// Makes every number stale for ever.
    package func close() {
        state.withLock { $0.stage = .closed }
    }

    package var stage: Stage { state.withLock { $0.stage } }

    /// How many calls hold a place although they were cancelled longer ago than the grace period.
    package var lostCalls: Int { state.withLock { $0.lost } }

    /// How many completions found no call.
    package var staleCompletions: UInt64 { state.withLock { $0.stale } }

    /// Counts those that another process saw.
    func raiseStaleCompletions(to count: UInt64) { state.withLock { $0.stale = max($0.stale, count) } }

    /// How many calls the plugin has.
    package var openCalls: Int { state.withLock { $0.calls.count } }

    // MARK: - The way of a call

    /// Gives a call its number; nil when none is taken any more.
    package func reserve(_ entry: Entry, whileStopping: Bool = false) -> UInt64? {
        state.withLock { state in
            guard state.stage == .serving || whileStopping && state.stage == .stopping else { return nil }
            return state.calls.insert(
                OpenCall(
                    item: entry.item,
                    deadline: entry.deadline,
                    caller: entry.caller,
                    events: entry.events,
                    isCounted: entry.isCounted,
                    due: entry.due
                )
            )
        }
    }

    /// Says who waits for the answer, and whether `submit` begins at once.
    /// - Returns: false when the call was ended before; then it has been answered and must not be submitted.
    func attach(_ number: UInt64, _ waiter: CallWaiter, begins: Bool) -> Bool {
        let ended: PluginStatus?? = state.withLock { state in
            state.calls.change(number) { call in
                guard call.ended == nil else { return call.ended }
                call.waiter = waiter
                guard begins else { return nil }
                call.phase = .submitting
                state.inside += 1
                return nil
            }
        }
        guard let status = ended ?? .unavailable else { return true }
        finish(number)
        waiter.hear(.ended(status))
        return false
    }

    /// Says that `submit` begins, for a call attached earlier.
    /// - Returns: false when the answer is no longer wanted; the call is over.
    package func beginSubmit(_ number: UInt64) -> Bool {
        let isWanted = state.withLock { state in
            state.calls.change(number) { call in
                guard call.ended == nil else { return false }
                call.phase = .submitting
                state.inside += 1
                return true
            }
        }
        if isWanted == false { finish(number)?.hear(.ended(.cancelled)) }
        return isWanted ?? false
    }

    /// What follows from the return of `submit`.
    package enum AfterSubmit: Hashable, Sendable {
        case nothing
        /// The call was ended meanwhile: the plugin's `cancel` must be called now, then `leave()`.
        case cancel(PluginStatus)
        /// The plugin refused a call it had completed before.
        case completedAndRefused
    }

    /// Says that `submit` returned.
    package func endSubmit(_ number: UInt64, _ status: PluginStatus) -> AfterSubmit {
        let (after, isRefused) = state.withLock { state -> (AfterSubmit, Bool) in
            state.inside -= 1
            let after = state.calls.change(number) { call -> AfterSubmit in
                guard status == .ok else { return .nothing }
                call.phase = .open
                guard let why = call.ended else { return .nothing }
                state.inside += 1
                return .cancel(why)
            }
            return (after ?? (status == .ok ? .nothing : .completedAndRefused), after != nil && status != .ok)
        }
        if isRefused {
            finish(number)?.hear(.refused(status))
        } else {
            resumeIfIdle()
        }
        return after
    }

    /// Says that the plugin completed a call.
    /// - Returns: whether there was such a call. Its number is used up.
    package func complete(_ number: UInt64, _ result: CompletedCall) -> Bool {
        let (call, aborted, idle) = state.withLock {
            state -> (OpenCall?, [Task<Void, Never>], CheckedContinuation<Bool, Never>?) in
            guard state.stage != .closed, let call = state.calls.remove(number) else {
                state.stale += 1
                return (nil, [], nil)
            }
            if call.isLost { state.lost -= 1 }
            return (call, Self.abort(call.invocations, in: &state), state.takeIdleWaiter())
        }
        for task in aborted { task.cancel() }
        idle?.resume(returning: true)
        guard let call else { return false }
        if call.isCounted { gate.leave() }
        call.waiter?.hear(.completed(result))
        return true
    }

    /// Says that the plugin did not take a call, of which its side had said before that it did.
    package func refuse(_ number: UInt64, _ status: PluginStatus) {
        finish(number)?.hear(.refused(status))
    }

    /// Ends a call for its caller, who is answered at once.
    ///
    /// The plugin still owes its `complete`.
    /// - Returns: whether the plugin's `cancel` must be called now, then `leave()`.
    package func end(_ number: UInt64, _ why: PluginStatus) -> Bool {
        let now = MonotonicTime.now()
        let (waiter, aborted, mustTell) = state.withLock { state in
            Self.end(number, why, at: now, grace: graceNanoseconds, in: &state)
        }
        for task in aborted { task.cancel() }
        waiter?.hear(.ended(why))
        return mustTell
    }

    /// Says that the plugin's `cancel`, begun because a method here said so, has returned.
    package func leave() {
        let idle = state.withLock { state -> CheckedContinuation<Bool, Never>? in
            state.inside -= 1
            return state.takeIdleWaiter()
        }
        idle?.resume(returning: true)
    }

    /// Takes a call out that the plugin does not have.
    @discardableResult
    private func finish(_ number: UInt64) -> CallWaiter? {
        let (call, aborted, idle) = state.withLock { state in
            let call = state.calls.remove(number)
            if call?.isLost == true { state.lost -= 1 }
            return (call, Self.abort(call?.invocations ?? [], in: &state), state.takeIdleWaiter())
        }
        for task in aborted { task.cancel() }
        idle?.resume(returning: true)
        if call?.isCounted == true { gate.leave() }
        return call?.waiter
    }

    private func resumeIfIdle() {
        guard let idle = state.withLock({ $0.takeIdleWaiter() }) else { return }
        idle.resume(returning: true)
    }
}

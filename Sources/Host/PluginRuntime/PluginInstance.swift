package import GatewayCore
import Synchronization

/// One running instance of a plugin: its calls as async functions.
///
/// Lifecycle: `PluginInstance.start` (create, START) → `call` → `stop` (cancel, STOP, destroy).
package final class PluginInstance: Sendable {
    let side: any PluginSide
    private let isLocal: Bool
    private let abandoned = Atomic(false)
    let execution: PluginExecution
    package let limits: PluginLimits
    let observer: any PluginObserver
    let registry: CallRegistry
    let gate: ConcurrencyGate
    let watch: DeadlineWatch
    let endpoint: HostEndpoint
    /// Where `submit` runs for a plugin that blocks.
    let submitThreads: DedicatedThreads?
    /// Where `cancel` and replies run for a plugin that blocks.
    let callbackThread: DedicatedThreads?

    init(_ parts: Parts, _ side: any PluginSide) {
        self.side = side
        isLocal = parts.isLocal
        execution = parts.execution
        limits = parts.limits
        observer = parts.observer
        registry = parts.registry
        gate = parts.gate
        watch = parts.watch
        endpoint = parts.endpoint
        submitThreads = parts.submitThreads
        callbackThread = parts.callbackThread
    }

    /// How many calls were given up because the plugin never completed them, and still hold their places.
    package var lostCalls: Int { registry.lostCalls }

    /// How many completions were late, doubled or invented.
    package var staleCompletions: UInt64 { registry.staleCompletions }

    /// How many calls the plugin has.
    package var openCalls: Int { registry.openCalls }

    /// How many calls wait for their turn.
    package var waitingCalls: Int { gate.waiting }

    /// Whether calls are open or wait that count; those that go on until they are cancelled do not.
    package var isCalled: Bool { gate.inside > 0 || gate.waiting > 0 }

    /// Whether the plugin's side is gone.
    package var isAbandoned: Bool { abandoned.load(ordering: .acquiring) }

    /// Ends everything at once and for ever, because the plugin's side is gone.
    package func abandon() {
        abandoned.store(true, ordering: .releasing)
        gate.close()
        registry.abandon()
        watch.end()
        endpoint.disconnect()
    }

    // MARK: - Calls

    /// Sends one request and waits for its answer, at most until the deadline.
    ///
    /// Cancelling the task answers at once and tells the plugin. Failures are answers.
    package func call(_ request: PluginRequest) async -> PluginReply {
        let due = request.deadline?.monotonicNanoseconds ?? MonotonicTime.never
        var pause = limits.firstBusyPause
        var late = PluginFault.deadlinePassed
        while true {
            guard MonotonicTime.now() < due else { return PluginReply(fault: late) }
            let outcome: CallOutcome
            switch await enter(request, due) {
            case .failure(let fault): return PluginReply(fault: fault.fault)
            case .success: outcome = await send(request, due)
            }
            guard case .refused(.busy) = outcome else { return reply(to: request, outcome) }
            late = .refused(.busy)
            // Without a deadline it would be asked for ever.
            guard request.deadline != nil else { return PluginReply(fault: late) }
            guard MonotonicTime.after(pause) < due else { return PluginReply(fault: late) }
            guard (try? await Task.sleep(for: pause, clock: .suspending)) != nil else {
                return PluginReply(fault: .cancelled)
            }
            pause = min(pause * 2, limits.longestBusyPause)
        }
    }

    private struct NotEntered: Error {
        let fault: PluginFault
    }

    /// Waits for a place among the calls the plugin takes at once.
    private func enter(_ request: PluginRequest, _ due: Int64) async -> Result<Void, NotEntered> {
        guard registry.lostCalls < limits.lostCalls else { return .failure(NotEntered(fault: .disabled)) }
        guard request.method.isCounted else { return .success(()) }
        switch await gate.enter(by: due, waits: { watch.expect(due) }) {
        case .entered: return .success(())
        case .full: return .failure(NotEntered(fault: .queueFull))
        case .timedOut: return .failure(NotEntered(fault: .deadlinePassed))
        case .cancelled: return .failure(NotEntered(fault: .cancelled))
        case .closed: return .failure(NotEntered(fault: .gone))
        }
    }

    /// Gives a request to the plugin and waits for how it ends.
    func send(_ request: PluginRequest, _ due: Int64, whileStopping: Bool = false) async -> CallOutcome {
        let entry = CallRegistry.Entry(
            item: request.name,
            deadline: request.deadline,
            due: due,
            caller: request.caller,
            events: request.events,
            isCounted: request.method.isCounted
        )
        guard let number = registry.reserve(entry, whileStopping: whileStopping) else {
            if request.method.isCounted { gate.leave() }
            return .ended(.stale)
        }
        watch.expect(due)
        defer { endpoint.callEnded(number) }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                begin(number, request, due, .task(continuation))
            }
        } onCancel: {
            cancel(number, .cancelled)
        }
    }

    func begin(_ number: UInt64, _ request: PluginRequest, _ due: Int64, _ waiter: CallWaiter) {
        guard let submitThreads else {
            if registry.attach(number, waiter, begins: true) { submit(number, request, due) }
            return
        }
        guard registry.attach(number, waiter, begins: false) else { return }
        submitThreads.perform { [self] in
            if registry.beginSubmit(number) { submit(number, request, due) }
        }
    }

    private func submit(_ number: UInt64, _ request: PluginRequest, _ due: Int64) {
        let start = MonotonicTime.now()
        let status = side.submit(number, request, due: due)
        let duration = Duration.nanoseconds(MonotonicTime.now() - start)
        switch registry.endSubmit(number, status) {
        case .nothing: break
        case .cancel(let why): tellCancelled(number, why)
        case .completedAndRefused: observer.misbehaved(.completedAndRefused(item: request.name))
        }
        if isLocal, !execution.blocks, duration > limits.submitTime {
            observer.misbehaved(.slowSubmit(item: request.name, duration))
        }
    }

    /// Ends a call for its caller and tells the plugin.
    package func cancel(_ number: UInt64, _ why: PluginStatus) {
        if registry.end(number, why) { tellCancelled(number, why) }
        // The end of the grace period is due now, perhaps before anything else.
        watch.expect(MonotonicTime.after(limits.cancelGrace))
    }

    /// Calls the plugin's `cancel` for a call the registry said so of.
    func tellCancelled(_ number: UInt64, _ why: PluginStatus) {
        let tell: @Sendable () -> Void = { [self] in
            side.cancel(number, why)
            registry.leave()
        }
        if let callbackThread { callbackThread.perform(tell) } else { tell() }
    }
}

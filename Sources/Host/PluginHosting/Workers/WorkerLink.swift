package import GatewayCore
import Glibc
package import PluginRuntime
import PluginWire
import Synchronization

/// A worker as the gateway sees it: one process that has loaded one library, from its start to its end.
///
/// It is a home of one instance, whose calls go over the socket. Whatever the process sends is checked; whatever it
/// does, every wait here ends.
package final class WorkerLink: Sendable {
    /// What a worker says when it is walled in and loaded, or why it is not.
    enum Greeting: Sendable {
        case hello(SandboxLayers, manifest: [UInt8])
        case failed(String)
    }

    struct State {
        var number: [UInt64] = []
        var assembler: FrameAssembler
        var lines: LineLimit
        var errorLine: [UInt8] = []
        /// The gateway's number for each operation of the worker that is open.
        var operations: [UInt64: UInt64] = [:]
        var endpoint: HostEndpoint?
        var instance: WeakInstance?
        var isGreeted = false
        /// Seconds the latest ping is unanswered; nil when none is.
        var silence: Int?
        var pings: UInt64 = 0
        var end: WorkerEnd?
        /// The private memory at the last look, in bytes.
        var memory = 0
    }

    /// A reference that does not keep the instance alive.
    struct WeakInstance: Sendable {
        weak let value: PluginInstance?
    }

    package let label: String
    package let limits: PluginLimits
    package let process: WorkerProcess
    let outbox: WorkerOutbox
    let state: Mutex<State>
    let greeting = Eventually<Greeting>()
    let creation = Eventually<PluginStatus>()
    let destruction = Eventually<Bool>()
    /// How the process ended, in words; after it is known to be over.
    let exit = Eventually<String>()
    let observer: any PluginObserver
    private let workshop: WorkerWorkshop
    private let memoryBytes: Int
    private let ended = Mutex<(@Sendable (WorkerEnd) -> Void)?>(nil)

    init(
        _ process: WorkerProcess,
        _ order: WorkerOrder,
        memoryBytes: Int,
        limits: PluginLimits,
        observer: any PluginObserver,
        workshop: WorkerWorkshop
    ) {
        self.process = process
        self.limits = limits
        self.memoryBytes = memoryBytes
        self.observer = observer
        self.workshop = workshop
        label = order.label
        outbox = WorkerOutbox(process.channel)
        state = Mutex(
            State(
                assembler: FrameAssembler(fromWorker: true, limits: order.frames),
                lines: LineLimit(perSecond: workshop.settings.logLines)
            )
        )
    }

    deinit {
        close(process.channel)
        close(process.errors)
    }

    /// How long a ping may be unanswered.
    var silenceLimit: Duration { workshop.settings.silence }

    /// How much private memory it may use, in bytes.
    var memoryLimit: Int { memoryBytes }

    func stopWaitingForRoom(_ number: UInt64) { workshop.poller.wantsRoom(false, number) }

    func stopWatching(_ number: UInt64) { workshop.poller.forget(number) }

    /// Begins to listen; `ended` is called once, when the worker is gone.
    func begin(ended: @escaping @Sendable (WorkerEnd) -> Void) {
        self.ended.withLock { $0 = ended }
        let numbers = [process.channel, process.errors].map { workshop.poller.watch($0, self) }
        let isOver = state.withLock { state in
            state.number = numbers
            return state.end != nil
        }
        if isOver { numbers.forEach(workshop.poller.forget) }
    }

    /// What it says of itself, at most after the time that loading may take.
    func greet() async -> Greeting {
        let limit = limits.loaderTime + .seconds(1)
        let reason = "The worker did not load the library within \(limit)."
        let greeting = await greeting.value(within: limit) ?? .failed(reason)
        if case .failed = greeting { finish(.late) }
        return greeting
    }

    /// Why it is gone; nil while it is there.
    package var end: WorkerEnd? { state.withLock { $0.end } }

    /// The private memory it had at the last look, in bytes.
    package var memory: Int { state.withLock { $0.memory } }

    /// Ends the process, whatever it does, and everything that waits for it.
    package func finish(_ why: WorkerEnd) {
        let (isFirst, numbers, instance) = state.withLock { state in
            guard state.end == nil else { return (false, [UInt64](), nil as PluginInstance?) }
            state.end = why
            state.operations = [:]
            return (true, state.number, state.instance?.value)
        }
        guard isFirst else { return }
        numbers.forEach(workshop.poller.forget)
        outbox.close()
        greeting.settle(.failed("The worker \(why) before it was ready."))
        creation.settle(.unavailable)
        destruction.settle(why == .stopped)
        // First who starts another: a caller who hears of the end and asks again must find that.
        ended.withLock { $0.take() }?(why)
        instance?.abandon()
        workshop.reaper.perform { [self] in exit.settle(process.reap()) }
    }

    /// Sends a message; false when the worker is gone.
    @discardableResult
    func send(_ message: GatewayMessage) -> Bool {
        switch outbox.send(message.bytes) {
        case .sent: return true
        case .queued(let isFirst):
            if isFirst, let number = state.withLock({ $0.number.first }) { workshop.poller.wantsRoom(true, number) }
            return true
        case .overflown:
            finish(.deaf)
            return false
        case .closed: return false
        }
    }
}

extension WorkerLink: PluginHome {
    package var isLocal: Bool { false }

    package func create(
        for endpoint: HostEndpoint,
        configuration: [UInt8],
        execution: PluginExecution
    ) async throws(PluginLoadError) -> any PluginSide {
        state.withLock { $0.endpoint = endpoint }
        send(
            .create(
                GatewayMessage.Creation(
                    concurrency: UInt32(clamping: execution.concurrency),
                    blocks: execution.blocks,
                    blockingThreads: UInt32(clamping: limits.blockingThreads),
                    openOperations: UInt32(clamping: limits.openInvocations),
                    resultBytes: UInt64(limits.resultBytes),
                    submitNanoseconds: limits.submitTime.wholeNanoseconds,
                    loaderNanoseconds: limits.loaderTime.wholeNanoseconds,
                    configuration: configuration[...]
                )
            )
        )
        let status = await creation.value(within: limits.loaderTime + .seconds(1)) ?? .timeout
        guard status != .timeout else {
            finish(.late)
            throw .didNotReturn(step: "create", limit: limits.loaderTime)
        }
        guard status == .ok else { throw .notCreated(status) }
        return self
    }

    /// Has the instance abandoned when the worker ends.
    package func adopt(_ instance: PluginInstance) {
        let isOver = state.withLock { state in
            state.instance = WeakInstance(value: instance)
            return state.end != nil
        }
        if isOver { instance.abandon() }
    }
}

extension WorkerLink: PluginSide {
    package func submit(_ number: UInt64, _ request: PluginRequest, due: Int64) -> PluginStatus {
        guard !outbox.isFull else { return .busy }
        let submission = GatewayMessage.Submission(
            method: request.method.rawValue,
            deadline: due == MonotonicTime.never ? 0 : due,
            name: request.name,
            context: request.context[...],
            body: request.body
        )
        return send(.submit(call: number, submission)) ? .ok : .unavailable
    }

    package func cancel(_ number: UInt64, _ why: PluginStatus) {
        send(.cancel(call: number, why: why.rawValue))
    }

    package func destroy() async -> Bool {
        send(.destroy)
        // The worker waits for what is left in the plugin before it destroys it.
        let isDone = await destruction.value(within: limits.loaderTime + .seconds(5)) ?? false
        finish(.stopped)
        return isDone
    }
}

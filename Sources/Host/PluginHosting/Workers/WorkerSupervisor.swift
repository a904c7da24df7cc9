import GatewayCore
import Logging
package import PluginRuntime
import PluginWire
import Synchronization

/// Keeps one plugin served by a worker: notices its end, starts another, and passes calls to the one that serves.
package final class WorkerSupervisor: PluginCalling {
    /// A worker with a started instance.
    struct Serving: Sendable {
        let link: WorkerLink
        let layers: SandboxLayers
        let instance: PluginInstance
    }

    enum Phase {
        case serving(Serving)
        /// Another is being started; nil when that fails.
        case restarting(Eventually<PluginInstance?>)
        /// It rests after crashes, and calls are refused at once.
        case resting
        case stopped
    }

    enum Event: Sendable {
        /// A worker is gone.
        case ended(WorkerLink, WorkerEnd)
        /// A worker keeps what it should have let go of.
        case mustRenew(WorkerLink)
        case drain(Serving)
        case fillSpare
    }

    struct State {
        var phase = Phase.resting
        var plan: WorkerPlan?
        var spare: WorkerWorkshop.Ready?
        var crashes: [Int64] = []
        var restarts: UInt64 = 0
        var layers: SandboxLayers = []
    }

    package let limits: PluginLimits
    let label: String
    let workshop: WorkerWorkshop
    let observer: any PluginObserver
    let logger: Logger
    let state = Mutex(State())
    let events: AsyncStream<Event>
    let report: AsyncStream<Event>.Continuation
    private let supervision = Mutex<Task<Void, Never>?>(nil)

    init(
        label: String,
        workshop: WorkerWorkshop,
        limits: PluginLimits,
        observer: any PluginObserver,
        logger: Logger
    ) {
        self.label = label
        self.workshop = workshop
        self.limits = limits
        self.observer = observer
        self.logger = logger
        (events, report) = AsyncStream.makeStream()
    }

    /// Starts a process that loads an image, and nothing more.
    func raise(_ image: WorkerImage, memoryMebibytes: Int) async throws(PluginLoadFailure) -> WorkerWorkshop.Ready {
        try await workshop.start(
            image: image,
            label: label,
            memoryMebibytes: memoryMebibytes,
            limits: limits,
            observer: SupervisedObserver(base: observer, report: report),
            ended: { [weak self] link, end in self?.ended(link, end) }
        )
    }

    /// Starts the instance in a worker that was raised.
    func start(_ ready: WorkerWorkshop.Ready, _ plan: WorkerPlan) async throws(PluginLoadError) -> Serving {
        do throws(PluginLoadError) {
            let instance = try await PluginInstance.start(
                ready.link,
                configuration: plan.configuration,
                execution: plan.execution,
                services: plan.services,
                observer: SupervisedObserver(base: observer, report: report, link: ready.link)
            )
            ready.link.adopt(instance)
            return Serving(link: ready.link, layers: ready.layers, instance: instance)
        } catch {
            ready.link.finish(.stopped)
            throw error
        }
    }

    /// Serves with a started worker, in the place of the one that does now.
    func serve(with serving: Serving, _ plan: WorkerPlan) {
        let (former, spare) = state.withLock { state -> (Serving?, WorkerWorkshop.Ready?) in
            defer { state.spare = nil }
            state.plan = plan
            return (Self.install(serving, in: &state), state.spare)
        }
        spare?.link.finish(.stopped)
        if let former { report.yield(.drain(former)) }
        // A worker that ended before it was in place was not missed.
        if let end = serving.link.end { ended(serving.link, end) }
        report.yield(.fillSpare)
        supervision.withLock { task in
            if task == nil { task = Task { [weak self, events] in await Self.supervise(events) { self } } }
        }
    }

    /// Puts a worker in its place, and lets those who wait for one have it.
    /// - Returns: the one that served until now.
    static func install(_ serving: Serving, in state: inout State) -> Serving? {
        state.layers = serving.layers
        switch state.phase {
        case .serving(let former):
            state.phase = .serving(serving)
            return former
        case .restarting(let eventually):
            state.phase = .serving(serving)
            eventually.settle(serving.instance)
            return nil
        case .resting:
            state.phase = .serving(serving)
            return nil
        case .stopped: return serving
        }
    }

    /// A worker is gone: calls that come from now on wait for another.
    func ended(_ link: WorkerLink, _ end: WorkerEnd) {
        state.withLock { state in
            if state.spare?.link === link { state.spare = nil }
            if case .serving(let serving) = state.phase, serving.link === link {
                state.phase = .restarting(Eventually())
            }
        }
        if end != .stopped { report.yield(.ended(link, end)) }
    }

    // MARK: - Calls

    package func call(_ request: PluginRequest) async -> PluginReply {
        let reply = await attempt(request)
        switch reply.fault {
        case .gone: return await attempt(request)
        case .died where request.isRepeatable: return await attempt(request)
        default: return reply
        }
    }

    private func attempt(_ request: PluginRequest) async -> PluginReply {
        let (instance, waits) = state.withLock { state -> (PluginInstance?, Eventually<PluginInstance?>?) in
            switch state.phase {
            case .serving(let serving): (serving.instance, nil)
            case .restarting(let eventually): (nil, eventually)
            case .resting, .stopped: (nil, nil)
            }
        }
        if let instance { return await instance.call(request) }
        let limit = request.deadline?.remaining ?? limits.loaderTime
        guard let other = await waits?.value(within: limit) ?? nil else {
            return PluginReply(fault: Task.isCancelled ? .cancelled : .gone)
        }
        return await other.call(request)
    }

    package var counts: PluginCounts {
        guard case .serving(let serving) = state.withLock({ $0.phase }) else {
            return PluginCounts(open: 0, waiting: 0, lost: 0, staleCompletions: 0)
        }
        return serving.instance.counts
    }

    package var worker: WorkerStatus? {
        let (phase, layers, restarts) = state.withLock { ($0.phase, $0.layers, $0.restarts) }
        guard case .serving(let serving) = phase else {
            return WorkerStatus(pid: nil, layers: layers, restarts: restarts, memoryBytes: 0)
        }
        return WorkerStatus(
            pid: serving.link.process.pid,
            layers: layers,
            restarts: restarts,
            memoryBytes: serving.link.memory
        )
    }

    /// Lets calls end, then the plugin.
    func retire() async {
        if case .serving(let serving) = state.withLock({ $0.phase }) { await waitForCalls(of: serving) }
        await stop(within: limits.loaderTime)
    }

    package func stop(within limit: Duration) async {
        supervision.withLock { $0.take() }?.cancel()
        report.finish()
        let (serving, spare) = state.withLock { state -> (Serving?, WorkerWorkshop.Ready?) in
            defer {
                state.phase = .stopped
                state.spare = nil
            }
            if case .restarting(let eventually) = state.phase { eventually.settle(nil) }
            guard case .serving(let serving) = state.phase else { return (nil, state.spare) }
            return (serving, state.spare)
        }
        spare?.link.finish(.stopped)
        guard let serving else { return }
        await serving.instance.stop(within: limit)
        serving.link.finish(.stopped)
        _ = await serving.link.exit.value(within: .seconds(1))
    }
}

/// Passes on what a plugin says, and has a worker replaced that does not let go of calls.
private struct SupervisedObserver: PluginObserver {
    let base: any PluginObserver
    let report: AsyncStream<WorkerSupervisor.Event>.Continuation
    weak let link: WorkerLink?

    init(
        base: any PluginObserver,
        report: AsyncStream<WorkerSupervisor.Event>.Continuation,
        link: WorkerLink? = nil
    ) {
        self.base = base
        self.report = report
        self.link = link
    }

    func logged(_ line: PluginLogLine) { base.logged(line) }
    func listsChanged(_ body: [UInt8]) { base.listsChanged(body) }
    func resourceUpdated(_ body: [UInt8]) { base.resourceUpdated(body) }

    func misbehaved(_ misbehaviour: PluginMisbehaviour) {
        base.misbehaved(misbehaviour)
        if case .ignoredCancel = misbehaviour, let link { report.yield(.mustRenew(link)) }
    }
}

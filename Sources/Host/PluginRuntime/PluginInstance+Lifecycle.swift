package import GatewayCore
import JSON
import Synchronization

extension PluginInstance {
    /// What an instance is made of besides the plugin's side.
    struct Parts: Sendable {
        let limits: PluginLimits
        let isLocal: Bool
        let execution: PluginExecution
        let observer: any PluginObserver
        let registry: CallRegistry
        let gate: ConcurrencyGate
        let watch: DeadlineWatch
        let endpoint: HostEndpoint
        let submitThreads: DedicatedThreads?
        let callbackThread: DedicatedThreads?
    }

    /// Creates an instance of a plugin and starts it.
    ///
    /// The configuration is a JSON object, already validated. Throws `PluginLoadError`; the plugin's side is destroyed then.
    package static func start(
        _ home: any PluginHome,
        configuration: [UInt8],
        execution: PluginExecution,
        services: any HostServing,
        observer: any PluginObserver
    ) async throws(PluginLoadError) -> PluginInstance {
        let instance = try await create(home, configuration, execution, services, observer)
        instance.registry.open()
        let reply = await instance.call(
            PluginRequest(method: .start, deadline: .after(execution.startTimeout))
        )
        guard reply.status == .ok else {
            await instance.stop(within: home.limits.cancelGrace, tellsPlugin: false)
            throw .notStarted(reply.status, words(of: reply))
        }
        return instance
    }

    /// Creates an instance that takes no calls yet.
    static func create(
        _ home: any PluginHome,
        _ configuration: [UInt8],
        _ execution: PluginExecution,
        _ services: any HostServing,
        _ observer: any PluginObserver
    ) async throws(PluginLoadError) -> PluginInstance {
        let (parts, sweeper) = try assemble(home, execution, services, observer)
        do throws(PluginLoadError) {
            let side = try await home.create(
                for: parts.endpoint,
                configuration: configuration,
                execution: execution
            )
            let instance = PluginInstance(parts, side)
            sweeper.instance.withLock { $0 = WeakInstance(instance) }
            return instance
        } catch {
            parts.endpoint.disconnect()
            parts.watch.end()
            throw error
        }
    }

    private static func assemble(
        _ home: any PluginHome,
        _ execution: PluginExecution,
        _ services: any HostServing,
        _ observer: any PluginObserver
    ) throws(PluginLoadError) -> (Parts, Sweeper) {
        let limits = home.limits
        let gate = ConcurrencyGate(limit: execution.concurrency, queueLength: limits.queueLength)
        let registry = CallRegistry(gate: gate, cancelGrace: limits.cancelGrace)
        let sweeper = Sweeper(registry: registry, gate: gate, observer: observer)
        // What runs elsewhere blocks no thread here.
        let blocks = home.isLocal && execution.blocks
        let callbackThread = blocks ? try DedicatedThreads(count: 1, name: "reply-\(home.label)") : nil
        let count = min(max(1, execution.concurrency), limits.blockingThreads)
        let submitThreads = blocks ? try DedicatedThreads(count: count, name: "call-\(home.label)") : nil
        let parts = Parts(
            limits: limits,
            isLocal: home.isLocal,
            execution: execution,
            observer: observer,
            registry: registry,
            gate: gate,
            watch: try DeadlineWatch(name: "watch-\(home.label)") { sweeper.sweep(at: $0) },
            endpoint: HostEndpoint(
                registry: registry,
                limits: limits,
                observer: observer,
                services: services,
                callbackThread: callbackThread
            ),
            submitThreads: submitThreads,
            callbackThread: callbackThread
        )
        return (parts, sweeper)
    }

    /// Ends all calls, then STOP, then destroy; nothing can be called afterwards.
    ///
    /// What does not end within the limit is left behind, reported, and never destroyed.
    package func stop(within limit: Duration = .seconds(10), tellsPlugin: Bool = true) async {
        let due = MonotonicTime.after(limit)
        gate.close()
        for number in registry.beginStopping() { tellCancelled(number, .unavailable) }
        // Half of the time for the calls, the rest for STOP.
        let half = MonotonicTime.now() + (due - MonotonicTime.now()) / 2
        _ = await registry.isIdle(by: half) { watch.expect(half) }
        if tellsPlugin {
            let deadline = Deadline.after(.nanoseconds(max(0, due - MonotonicTime.now())))
            _ = await send(PluginRequest(method: .stop, deadline: deadline), due, whileStopping: true)
        }
        let rest = max(due, MonotonicTime.after(.milliseconds(100)))
        let isIdle = await registry.isIdle(by: rest) { watch.expect(rest) }
        watch.end()
        let isDestroyed = isIdle ? await side.destroy() : false
        endpoint.disconnect()
        if !isDestroyed, !isAbandoned { observer.misbehaved(.neverEnded) }
    }

    /// The message a plugin gave with a failing status, for the operator.
    private static func words(of reply: PluginReply) -> String {
        if reply.fault == .deadlinePassed { return "START did not complete in time." }
        let document = try? JSONDocument(parsing: reply.structured)
        return document?.root["message"]?.string ?? "it gave no reason; see what it logged."
    }
}

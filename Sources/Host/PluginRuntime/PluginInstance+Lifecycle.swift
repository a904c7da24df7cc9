import CPluginAPI
package import GatewayCore
import JSON
import Synchronization

extension PluginInstance {
    /// What an instance is made of besides the plugin's own pointer.
    struct Parts: Sendable {
        let library: PluginLibrary
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
        _ library: PluginLibrary,
        configuration: [UInt8],
        execution: PluginExecution,
        services: any HostServing,
        observer: any PluginObserver
    ) async throws(PluginLoadError) -> PluginInstance {
        let (parts, sweeper) = try assemble(library, execution, services, observer)
        let instance = try await create(parts, configuration)
        sweeper.instance.withLock { $0 = WeakInstance(instance) }
        parts.registry.open()
        let reply = await instance.call(
            PluginRequest(method: .start, deadline: .after(execution.startTimeout))
        )
        guard reply.status == .ok else {
            await instance.end(within: parts.library.limits.cancelGrace, tellsPlugin: false)
            throw .notStarted(reply.status, words(of: reply))
        }
        return instance
    }

    private static func assemble(
        _ library: PluginLibrary,
        _ execution: PluginExecution,
        _ services: any HostServing,
        _ observer: any PluginObserver
    ) throws(PluginLoadError) -> (Parts, Sweeper) {
        let limits = library.limits
        let gate = ConcurrencyGate(limit: execution.concurrency, queueLength: limits.queueLength)
        let registry = CallRegistry(gate: gate, cancelGrace: limits.cancelGrace)
        let sweeper = Sweeper(registry: registry, gate: gate, observer: observer)
        let callbackThread = execution.blocks ? try DedicatedThreads(count: 1, name: "reply-\(library.label)") : nil
        let count = min(max(1, execution.concurrency), limits.blockingThreads)
        let submitThreads = execution.blocks ? try DedicatedThreads(count: count, name: "call-\(library.label)") : nil
        let parts = Parts(
            library: library,
            execution: execution,
            observer: observer,
            registry: registry,
            gate: gate,
            watch: try DeadlineWatch(name: "watch-\(library.label)") { sweeper.sweep(at: $0) },
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

    private static func create(_ parts: Parts, _ configuration: [UInt8]) async throws(PluginLoadError) -> PluginInstance
    {
        let table = parts.library.table
        let host = HostTable(for: parts.endpoint)
        let limit = parts.library.limits.loaderTime
        let outcome = await parts.library.loader.result(within: limit) {
            () -> Result<InstanceHandle, PluginLoadError> in
            var pointer: OpaquePointer?
            let status = unsafe withBorrowed(configuration[...]) { bytes in
                PluginStatus(number: unsafe table.create(host.pointer, bytes, &pointer))
            }
            guard status == .ok, let pointer = unsafe pointer else {
                return .failure(.notCreated(status == .ok ? .internal : status))
            }
            return .success(unsafe InstanceHandle(pointer: pointer))
        } late: { outcome in
            // Nobody waits for it any more; the plugin must not keep what it holds.
            if case .success(let handle) = outcome { unsafe table.destroy(handle.pointer) }
        }
        do throws(PluginLoadError) {
            guard let outcome else { throw .didNotReturn(step: "create", limit: limit) }
            return PluginInstance(parts, handle: try outcome.get())
        } catch {
            parts.endpoint.disconnect()
            parts.watch.end()
            throw error
        }
    }

    /// Ends all calls, then STOP, then destroy; nothing can be called afterwards.
    ///
    /// What does not end within the limit is left behind, reported, and never destroyed.
    package func stop(within limit: Duration = .seconds(10)) async {
        await end(within: limit, tellsPlugin: true)
    }

    private func end(within limit: Duration, tellsPlugin: Bool) async {
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
        let isDestroyed = isIdle ? await destroy() : false
        endpoint.disconnect()
        if !isDestroyed { observer.misbehaved(.neverEnded) }
    }

    /// The message a plugin gave with a failing status, for the operator.
    private static func words(of reply: PluginReply) -> String {
        if reply.fault == .deadlinePassed { return "START did not complete in time." }
        let document = try? JSONDocument(parsing: reply.structured)
        return document?.root["message"]?.string ?? "it gave no reason; see what it logged."
    }
}

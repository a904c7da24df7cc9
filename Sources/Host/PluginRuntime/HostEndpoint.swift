import CPluginAPI
package import GatewayCore
import Synchronization

/// What stands behind a `beam_host`: where the C functions a plugin calls end up, and the messages of a worker.
///
/// It outlives the instance, because a plugin may call at any time; after `disconnect` everything answers STALE.
package final class HostEndpoint: Sendable {
    private struct Links {
        let observer: any PluginObserver
        let services: (any HostServing)?
        /// Where replies are given, for a plugin whose functions may block; nil: where the operation ended.
        let callbackThread: DedicatedThreads?
    }

    let registry: CallRegistry
    private let limits: PluginLimits
    private let links: Mutex<Links?>

    init(
        registry: CallRegistry,
        limits: PluginLimits,
        observer: any PluginObserver,
        services: (any HostServing)?,
        callbackThread: DedicatedThreads?
    ) {
        self.registry = registry
        self.limits = limits
        links = Mutex(Links(observer: observer, services: services, callbackThread: callbackThread))
    }

    /// Lets go of everything but the table itself.
    func disconnect() {
        registry.close()
        links.withLock { $0 = nil }
    }

    private var observer: (any PluginObserver)? { links.withLock { $0?.observer } }

    // MARK: - The functions of the table

    package func log(_ line: PluginLogLine) {
        observer?.logged(line)
    }

    func complete(_ call: UInt64, _ result: UnsafePointer<beam_result>?) -> PluginStatus {
        complete(call, unsafe CompletedCall(reading: result, cap: limits.resultBytes))
    }

    @discardableResult
    package func complete(_ call: UInt64, _ completed: CompletedCall) -> PluginStatus {
        guard !registry.complete(call, completed) else { return .ok }
        let count = registry.staleCompletions
        // At powers of two only, so that a plugin cannot fill the log.
        if count & (count - 1) == 0 { observer?.misbehaved(.staleCompletions(count)) }
        return .stale
    }

    /// The plugin did not take a call that was sent to it.
    package func refuse(_ call: UInt64, _ status: PluginStatus) { registry.refuse(call, status) }

    /// Takes note of what only the process that runs the plugin has seen.
    package func note(_ misbehaviour: PluginMisbehaviour) {
        if case .staleCompletions(let count) = misbehaviour { registry.raiseStaleCompletions(to: count) }
        observer?.misbehaved(misbehaviour)
    }

    func emit(_ call: UInt64, kind: UInt32, _ body: beam_str) -> PluginStatus {
        emit(call, kind: kind) { unsafe body.copied(atMost: Self.eventBytes) }
    }

    /// A body that cannot be had is too large.
    @discardableResult
    package func emit(_ call: UInt64, kind: UInt32, body: () -> [UInt8]?) -> PluginStatus {
        let (standing, events) = registry.events(of: call)
        guard standing == .ok else { return standing == .timeout ? .cancelled : standing }
        guard kind == BEAM_E_LOG, let events else { return .ok }
        guard let bytes = body() else { return .tooLarge }
        return events(.log(bytes))
    }

    func progress(_ call: UInt64, done: Double, total: Double, _ note: beam_str) -> PluginStatus {
        progress(call, done: done, total: total) {
            String(decoding: unsafe note.prefix(Self.noteBytes), as: UTF8.self)
        }
    }

    @discardableResult
    package func progress(_ call: UInt64, done: Double, total: Double, note: () -> String) -> PluginStatus {
        let (standing, events) = registry.events(of: call)
        guard standing == .ok else { return standing == .timeout ? .cancelled : standing }
        return events?(.progress(done: done, total: total, note: note())) ?? .ok
    }

    func notify(kind: UInt32, _ body: beam_str) {
        notify(kind: kind) { unsafe body.copied(atMost: Self.eventBytes) }
    }

    package func notify(kind: UInt32, body: () -> [UInt8]?) {
        guard registry.stage == .serving, let bytes = body() else { return }
        switch kind {
        case BEAM_N_LIST_CHANGED: observer?.listsChanged(bytes)
        case BEAM_N_RESOURCE_UPDATED: observer?.resourceUpdated(bytes)
        default: break
        }
    }

    /// Lets an operation in and returns its number; nothing is started yet.
    func prepareInvocation(
        parent: UInt64,
        _ operation: beam_str,
        _ body: beam_str
    ) -> Result<PreparedInvocation, CallRegistry.InvocationRefusal> {
        prepareInvocation(
            parent: parent,
            operation: unsafe operation.copied(atMost: Self.operationBytes) ?? [],
            body: unsafe body.copied(atMost: limits.resultBytes)
        )
    }

    /// Lets an operation in and returns its number; a body that cannot be had is too large.
    package func prepareInvocation(
        parent: UInt64,
        operation name: [UInt8],
        body: [UInt8]?
    ) -> Result<PreparedInvocation, CallRegistry.InvocationRefusal> {
        guard let services = links.withLock({ $0?.services }) else { return .failure(.init(status: .stale)) }
        guard (1...Self.operationBytes).contains(name.count) else {
            return .failure(.init(status: .invalidArgument))
        }
        guard let bytes = body else { return .failure(.init(status: .tooLarge)) }
        return registry.beginInvocation(parent: parent, limit: limits.openInvocations).map { invocation in
            PreparedInvocation(
                number: invocation.number,
                services: services,
                request: ServiceRequest(
                    operation: String(decoding: name, as: UTF8.self),
                    body: bytes,
                    parent: invocation.caller.map { caller in
                        ServiceParent(
                            requestID: caller.requestID,
                            principal: caller.principal,
                            call: parent,
                            trace: caller.trace,
                            isSource: caller.isSource
                        )
                    },
                    deadline: invocation.deadline ?? .after(limits.invocationTimeout)
                )
            )
        }
    }

    /// A call has ended; nothing more is served on its behalf.
    func callEnded(_ call: UInt64) {
        links.withLock { $0?.services }?.parentEnded(call)
    }

    /// An operation that has a number and waits to be started.
    package struct PreparedInvocation: Sendable {
        package let number: UInt64
        let services: any HostServing
        let request: ServiceRequest
    }

    /// Carries an operation out; its one reply is given from another thread.
    package func start(
        _ invocation: PreparedInvocation,
        _ reply: @escaping @Sendable (PluginStatus, [UInt8]) -> Void
    ) {
        let number = invocation.number
        let task = Task { [self] in
            let answer = await invocation.services.serve(invocation.request)
            if let thread = links.withLock({ $0?.callbackThread }) {
                thread.perform { self.give(answer, to: reply, number) }
            } else {
                give(answer, to: reply, number)
            }
        }
        registry.adopt(task, for: number)
    }

    private func give(
        _ answer: ServiceReply,
        to reply: @Sendable (PluginStatus, [UInt8]) -> Void,
        _ number: UInt64
    ) {
        if registry.isAborted(number) {
            reply(.cancelled, [])
        } else {
            reply(answer.status, answer.body)
        }
        registry.endInvocation(number)
    }

    /// Aborts an operation; its reply still comes.
    package func abort(_ number: UInt64) { registry.abortInvocation(number) }

    /// The longest body of an event or a notice, in bytes.
    private static let eventBytes = 64 << 10
    /// How much of a progress note is kept, in bytes.
    private static let noteBytes = 1 << 10
    /// The longest name of an operation, in bytes.
    private static let operationBytes = 64
}

/// The reply a plugin waits for.
// The pointer is the plugin's own and only ever given back to it; the contract lets the reply run on any thread.
@safe struct PendingReply: @unchecked Sendable {
    let function: @convention(c) (UnsafeMutableRawPointer?, beam_status, beam_str) -> Void
    let user: UnsafeMutableRawPointer?

    func give(_ status: PluginStatus, _ body: [UInt8]) {
        unsafe withBorrowed(body[...]) { bytes in
            unsafe function(user, status.rawValue, bytes)
        }
    }
}

package import GatewayCore
import Synchronization

/// What the plugin asks about its calls.
extension CallRegistry {
    /// Whether the answer of a call is still wanted: `ok`, `cancelled`, `timeout` or `stale`.
    package func poll(_ number: UInt64) -> PluginStatus {
        state.withLock { state in
            guard state.stage != .closed else { return .stale }
            return state.calls.change(number) { Self.standing(of: $0) } ?? .stale
        }
    }

    /// The receiver of a call's events, and whether the call's answer is still wanted.
    package func events(of number: UInt64) -> (PluginStatus, PluginRequest.Listener?) {
        state.withLock { state in
            guard state.stage != .closed else { return (.stale, nil) }
            return state.calls.change(number) { (Self.standing(of: $0), $0.ended == nil ? $0.events : nil) } ?? (
                .stale, nil
            )
        }
    }

    private static func standing(of call: OpenCall) -> PluginStatus {
        switch call.ended {
        case nil: .ok
        case .timeout: .timeout
        default: .cancelled
        }
    }

    /// An operation of the host that was let in.
    package struct Invocation: Sendable {
        package let number: UInt64
        /// The call it belongs to; nil when it belongs to the instance.
        package let caller: PluginCaller?
        /// The deadline of that call; nil when there is none.
        package let deadline: Deadline?
    }

    /// Lets an operation in for a call (or for the instance, with 0), unless it may not be: `stale`, `cancelled`,
    /// `timeout` or `busy`.
    package func beginInvocation(parent: UInt64, limit: Int) -> Result<Invocation, InvocationRefusal> {
        state.withLock { state in
            guard state.stage == .serving || state.stage == .stopping else { return .failure(.init(status: .stale)) }
            guard state.invocations.count < limit else { return .failure(.init(status: .busy)) }
            guard parent != 0 else {
                guard state.stage == .serving else { return .failure(.init(status: .cancelled)) }
                let number = state.invocations.insert(OpenInvocation(parent: 0))
                return .success(Invocation(number: number, caller: nil, deadline: nil))
            }
            let standing = state.calls.change(parent) { Self.standing(of: $0) } ?? .stale
            guard standing == .ok else { return .failure(.init(status: standing)) }
            let number = state.invocations.insert(OpenInvocation(parent: parent))
            let belonging = state.calls.change(parent) { call -> (PluginCaller?, Deadline?) in
                call.invocations.append(number)
                return (call.caller, call.deadline)
            }
            return .success(Invocation(number: number, caller: belonging?.0, deadline: belonging?.1))
        }
    }

    /// Why an operation was not let in.
    package struct InvocationRefusal: Error, Hashable, Sendable {
        package let status: PluginStatus
    }

    /// Keeps the task that carries an operation out, and cancels it when the operation was aborted before.
    package func adopt(_ task: Task<Void, Never>, for number: UInt64) {
        let isAborted = state.withLock { state in
            state.invocations.change(number) { invocation in
                invocation.task = task
                return invocation.isAborted
            }
        }
        if isAborted == true { task.cancel() }
    }

    /// Aborts an operation; its reply still comes.
    ///
    /// A number that is not valid is ignored.
    package func abortInvocation(_ number: UInt64) {
        let tasks = state.withLock { Self.abort([number], in: &$0) }
        for task in tasks { task.cancel() }
    }

    /// Whether an operation was aborted, so that its reply must say `cancelled`.
    package func isAborted(_ number: UInt64) -> Bool {
        state.withLock { state in state.invocations.change(number) { $0.isAborted } ?? true }
    }

    /// Says that the reply to an operation was given and has returned.
    package func endInvocation(_ number: UInt64) {
        let idle = state.withLock { state -> CheckedContinuation<Bool, Never>? in
            guard let invocation = state.invocations.remove(number) else { return nil }
            _ = state.calls.change(invocation.parent) { call in
                call.invocations.removeAll { $0 == number }
            }
            return state.takeIdleWaiter()
        }
        idle?.resume(returning: true)
    }
}

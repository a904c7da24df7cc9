public import PluginKit
import Synchronization

/// Watches a resource as the host would, and lets a test say when its pauses end.
public final class WatchHarness: Sendable {
    private struct State {
        var updates = 0
        var failure: ToolError?
        var hasEnded = false
        /// Held by the watch while it pauses.
        var pause: CheckedContinuation<Bool, Never>?
        /// Held by a test that waits for a pause or the end.
        var waiter: CheckedContinuation<Void, Never>?

        mutating func takeWaiter() -> CheckedContinuation<Void, Never>? {
            guard pause != nil || hasEnded else { return nil }
            defer { waiter = nil }
            return waiter
        }
    }

    private let resource: any WatchableResource
    private let host: any HostCalling
    private let now: Timestamp
    private let state = Mutex(State())

    /// Creates a harness around a resource.
    public init(_ resource: any WatchableResource, host: any HostCalling, now: Timestamp) {
        self.resource = resource
        self.host = host
        self.now = now
    }

    /// How often the resource has said that it changed.
    public var updates: Int { state.withLock { $0.updates } }

    /// What the watch threw; nil while it goes on and when it ended otherwise.
    public var failure: ToolError? { state.withLock { $0.failure } }

    /// Whether the watch has ended.
    public var hasEnded: Bool { state.withLock { $0.hasEnded } }

    /// Watches what an address names while `body` runs, then cancels the watch and waits for its end.
    ///
    /// One at a time.
    public func watching(
        _ uri: String,
        variables: [String: String] = [:],
        _ body: () async throws -> Void
    ) async throws {
        state.withLock { $0 = State() }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await self.watch(ResourceRequest(uri: uri, variables: variables)) }
            do {
                try await body()
            } catch {
                group.cancelAll()
                throw error
            }
            group.cancelAll()
        }
    }

    /// Waits until the watch pauses, ends the pause, and waits until it pauses again; or until it ends.
    ///
    /// For watches that pause; others say what they have to say without being told to go on.
    public func turn() async {
        await settle()
        let pause = state.withLock { state in
            defer { state.pause = nil }
            return state.pause
        }
        guard let pause else { return }
        pause.resume(returning: true)
        await settle()
    }

    private func settle() async {
        await withCheckedContinuation { continuation in
            let waiter = state.withLock { state in
                state.waiter = continuation
                return state.takeWaiter()
            }
            waiter?.resume()
        }
    }

    private func watch(_ request: ResourceRequest) async {
        let watch = ResourceWatch(
            context: { [now, host] in CallContext(now: now, host: host) },
            updated: { self.state.withLock { $0.updates += 1 } },
            pause: { _ in await self.pause() }
        )
        var failure: ToolError?
        do {
            try await resource.watch(request, with: watch)
        } catch {
            failure = error
        }
        change { [failure] state in
            state.failure = failure
            state.hasEnded = true
        }
    }

    private func pause() async -> Bool {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = change { state in
                    guard !Task.isCancelled else { return true }
                    state.pause = continuation
                    return false
                }
                if isOver { continuation.resume(returning: false) }
            }
        } onCancel: {
            let pause = state.withLock { state in
                defer { state.pause = nil }
                return state.pause
            }
            pause?.resume(returning: false)
        }
    }

    @discardableResult
    private func change<Result>(_ change: (inout State) -> Result) -> Result {
        let (result, waiter) = state.withLock { state in
            let result = change(&state)
            return (result, state.takeWaiter())
        }
        waiter?.resume()
        return result
    }
}

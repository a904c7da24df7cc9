import Synchronization

/// Lends a fixed number of things, one borrower each; who has waited longest is served first.
package final class LendingPool<Resource: Sendable>: Sendable {
    private typealias Grant = Result<Resource, SourceError>

    private struct Waiter {
        let ticket: UInt64
        let continuation: CheckedContinuation<Grant, Never>
    }

    private struct State {
        var idle: [Resource]
        var waiters: [Waiter] = []
        var nextTicket: UInt64 = 0
        var isClosed = false
    }

    private let state: Mutex<State>
    private let waiting: Int

    /// A pool of these things; at most `waiting` borrowers wait.
    package init(_ resources: [Resource], waiting: Int) {
        state = Mutex(State(idle: resources))
        self.waiting = waiting
    }

    /// How many borrowers wait now.
    package var waitingCount: Int { state.withLock { $0.waiters.count } }

    /// Lends one, which must come back with `release`.
    /// - Throws: `.unavailable` when too many wait or the pool is closed, `.timeout`, `.cancelled`.
    package func acquire(by deadline: Deadline) async throws(SourceError) -> Resource {
        guard !Task.isCancelled else { throw .cancelled }
        guard !deadline.hasPassed else { throw .timeout }
        if let ready = state.withLock({ immediate(&$0) }) { return try ready.get() }
        return try await wait(until: deadline).get()
    }

    /// Takes one back and lends it to the next in line.
    package func release(_ resource: Resource) {
        let next: Waiter? = state.withLock { state in
            if state.isClosed { return nil }
            if state.waiters.isEmpty {
                state.idle.append(resource)
                return nil
            }
            return state.waiters.removeFirst()
        }
        next?.continuation.resume(returning: .success(resource))
    }

    /// Refuses all who wait and all who come, and lets go of what is idle.
    package func close() {
        let left = state.withLock { state in
            let left = state
            state.isClosed = true
            state.waiters = []
            state.idle = []
            return left
        }
        for waiter in left.waiters {
            waiter.continuation.resume(returning: .failure(Self.closed))
        }
    }

    private func immediate(_ state: inout State) -> Grant? {
        if state.isClosed { return .failure(Self.closed) }
        if let resource = state.idle.popLast() { return .success(resource) }
        guard state.waiters.count < waiting else {
            return .failure(.unavailable(detail: "busy: everything is in use and \(waiting) wait"))
        }
        return nil
    }

    private func wait(until deadline: Deadline) async -> Grant {
        let ticket = state.withLock { state in
            state.nextTicket += 1
            return state.nextTicket
        }
        return await withTaskGroup(of: Void.self) { group in
            group.addTask {
                // A sleep that throws was cancelled because the wait is over.
                guard (try? await SuspendingClock().sleep(until: deadline.instant)) != nil else { return }
                self.end(ticket, with: .timeout)
            }
            let grant = await self.grant(ticket, deadline)
            group.cancelAll()
            return grant
        }
    }

    private func grant(_ ticket: UInt64, _ deadline: Deadline) async -> Grant {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                enqueue(Waiter(ticket: ticket, continuation: continuation))
                // Cancellation and the deadline find nothing to end when they come before the line above.
                if Task.isCancelled { end(ticket, with: .cancelled) }
                if deadline.hasPassed { end(ticket, with: .timeout) }
            }
        } onCancel: {
            end(ticket, with: .cancelled)
        }
    }

    private func enqueue(_ waiter: Waiter) {
        let ready: Grant? = state.withLock { state in
            if let ready = immediate(&state) { return ready }
            state.waiters.append(waiter)
            return nil
        }
        if let ready { waiter.continuation.resume(returning: ready) }
    }

    private func end(_ ticket: UInt64, with error: SourceError) {
        let waiter: Waiter? = state.withLock { state in
            guard let position = state.waiters.firstIndex(where: { $0.ticket == ticket }) else { return nil }
            return state.waiters.remove(at: position)
        }
        waiter?.continuation.resume(returning: .failure(error))
    }

    private static var closed: SourceError { .unavailable(detail: "the source is closed") }
}

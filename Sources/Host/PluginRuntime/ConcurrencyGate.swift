import Synchronization

/// Lets so many calls in at once; the others wait in the order they came.
package final class ConcurrencyGate: Sendable {
    /// How waiting ended.
    package enum Entry: Hashable, Sendable {
        /// In; `leave()` is owed.
        case entered
        /// Too many wait already.
        case full
        case timedOut
        case cancelled
        case closed
    }

    private struct Waiter {
        let ticket: UInt64
        let due: Int64
        let continuation: CheckedContinuation<Entry, Never>
    }

    private struct State {
        var inside = 0
        var waiters: [Waiter] = []
        var lastTicket: UInt64 = 0
        /// Tickets cancelled before their waiter stood in the queue.
        var cancelledEarly: Set<UInt64> = []
        var isClosed = false
    }

    private let state = Mutex(State())
    private let limit: Int
    private let queueLength: Int

    /// - Parameters:
    ///   - limit: how many may be in at once, from 1.
    ///   - queueLength: how many may wait; one more is refused.
    package init(limit: Int, queueLength: Int) {
        self.limit = max(1, limit)
        self.queueLength = max(0, queueLength)
    }

    /// How many are in.
    package var inside: Int { state.withLock { $0.inside } }

    /// How many wait.
    package var waiting: Int { state.withLock { $0.waiters.count } }

    /// Enters if there is room, without waiting; nil when there is none.
    private func enterAtOnce() -> Entry? {
        state.withLock { state in
            if state.isClosed { return .closed }
            if state.inside < limit, state.waiters.isEmpty {
                state.inside += 1
                return .entered
            }
            return state.waiters.count < queueLength ? nil : .full
        }
    }

    /// Waits for room, at most until a moment of `CLOCK_MONOTONIC`.
    ///
    /// `waits` is called when the caller stands in the queue; someone must then call `expire` at `due`.
    package func enter(by due: Int64, waits: @Sendable () -> Void) async -> Entry {
        if let entry = enterAtOnce() { return entry }
        let ticket = state.withLock { state in
            state.lastTicket += 1
            return state.lastTicket
        }
        let entry = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                if let entry = queue(Waiter(ticket: ticket, due: due, continuation: continuation)) {
                    continuation.resume(returning: entry)
                } else {
                    waits()
                }
            }
        } onCancel: {
            cancel(ticket)
        }
        state.withLock { _ = $0.cancelledEarly.remove(ticket) }
        return entry
    }

    private func queue(_ waiter: Waiter) -> Entry? {
        state.withLock { state in
            if state.isClosed { return .closed }
            if state.cancelledEarly.contains(waiter.ticket) { return .cancelled }
            if state.inside < limit, state.waiters.isEmpty {
                state.inside += 1
                return .entered
            }
            guard state.waiters.count < queueLength else { return .full }
            state.waiters.append(waiter)
            return nil
        }
    }

    private func cancel(_ ticket: UInt64) {
        let waiter = state.withLock { state -> Waiter? in
            guard let position = state.waiters.firstIndex(where: { $0.ticket == ticket }) else {
                state.cancelledEarly.insert(ticket)
                return nil
            }
            return state.waiters.remove(at: position)
        }
        waiter?.continuation.resume(returning: .cancelled)
    }

    /// Gives a place back; the first that waits gets it.
    package func leave() {
        let next = state.withLock { state -> Waiter? in
            guard !state.waiters.isEmpty else {
                state.inside -= 1
                return nil
            }
            return state.waiters.removeFirst()
        }
        next?.continuation.resume(returning: .entered)
    }

    /// Sends away who has waited long enough.
    /// - Returns: when the next one will have.
    package func expire(at now: Int64) -> Int64 {
        let (late, next) = state.withLock { state -> ([Waiter], Int64) in
            guard !state.waiters.isEmpty else { return ([], MonotonicTime.never) }
            let late = state.waiters.filter { $0.due <= now }
            state.waiters.removeAll { $0.due <= now }
            return (late, state.waiters.map(\.due).min() ?? MonotonicTime.never)
        }
        for waiter in late { waiter.continuation.resume(returning: .timedOut) }
        return next
    }

    /// Lets nobody in any more and sends everybody away who waits.
    package func close() {
        let waiters = state.withLock { state in
            state.isClosed = true
            defer { state.waiters.removeAll() }
            return state.waiters
        }
        for waiter in waiters { waiter.continuation.resume(returning: .closed) }
    }
}

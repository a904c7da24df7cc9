internal import GatewayCore
internal import Synchronization

/// The places at one source, shared by the plugins that use it.
///
/// Whoever asks takes a free place at once; those who wait are served in order, one plugin after the other. Once a
/// second plugin has come, the last free place is never given to the one that holds all the others.
final class FairPlaces: Sendable {
    typealias Instant = SuspendingClock.Instant

    /// A place taken; to be given back once.
    struct Place: Hashable, Sendable {
        fileprivate let ticket: UInt64
    }

    /// How places and waiting stand at one moment.
    struct Standing: Hashable, Sendable {
        let running: Int
        let overdue: Int
        /// Whether every place is overdue.
        let hangs: Bool
        let waiting: Int
        /// Since when places have been overdue, the first one and the latest.
        let overdueSince: ClosedRange<Instant>?
    }

    private typealias Grant = Result<Place, SourceError>

    private struct Holder {
        let namespace: String
        let due: Instant
    }

    private struct Waiter {
        let ticket: UInt64
        let due: Instant
        let continuation: CheckedContinuation<Grant, Never>
    }

    private struct State {
        var holders: [UInt64: Holder] = [:]
        var lines: [String: [Waiter]] = [:]
        /// The namespaces that wait, the next one first.
        var turns: [String] = []
        var known: Set<String> = []
        var lastTicket: UInt64 = 0
        var isClosed = false

        mutating func newTicket() -> UInt64 {
            lastTicket += 1
            return lastTicket
        }
    }

    private let state = Mutex(State())
    private let count: Int
    private let waiting: Int
    private let retryAfter: Duration
    private let now: @Sendable () -> Instant

    /// - Parameters:
    ///   - count: How many places there are; at least 1.
    ///   - waiting: How many may wait of one namespace; one more is refused.
    ///   - retryAfter: What is answered while every place hangs.
    ///   - now: The clock that tells whether a place is overdue.
    init(count: Int, waiting: Int, retryAfter: Duration, now: @escaping @Sendable () -> Instant) {
        self.count = max(1, count)
        self.waiting = waiting
        self.retryAfter = retryAfter
        self.now = now
    }

    var standing: Standing {
        let now = now()
        return state.withLock { state in
            let overdue = state.holders.values.map(\.due).filter { $0.advanced(by: Self.grace) < now }
            let range = overdue.min().flatMap { first in overdue.max().map { first...$0 } }
            return Standing(
                running: state.holders.count,
                overdue: overdue.count,
                hangs: overdue.count == count,
                waiting: state.lines.values.reduce(0) { $0 + $1.count },
                overdueSince: range
            )
        }
    }

    /// Takes a place, which must come back with `release`.
    /// - Throws: `.unavailable` when too many wait or the source is closed, `.down` when every place is held by an
    ///   operation that has outlived its deadline, `.timeout`, `.cancelled`.
    func acquire(for namespace: String, by deadline: Deadline) async throws(SourceError) -> Place {
        guard !Task.isCancelled else { throw .cancelled }
        guard !deadline.hasPassed else { throw .timeout }
        if let ready = state.withLock({ immediate(namespace, deadline.instant, &$0) }) { return try ready.get() }
        return try await wait(for: namespace, until: deadline).get()
    }

    /// Gives a place back, and it goes to the next in turn.
    func release(_ place: Place) {
        let next: [(Waiter, Place)] = state.withLock { state in
            var next: [(Waiter, Place)] = []
            state.holders[place.ticket] = nil
            while let served = serveNext(&state) { next.append(served) }
            return next
        }
        for (waiter, place) in next {
            waiter.continuation.resume(returning: .success(place))
        }
    }

    /// Refuses all who wait and all who come.
    func close() {
        let left = state.withLock { state in
            state.isClosed = true
            defer {
                state.lines = [:]
                state.turns = []
            }
            return state.lines.values.flatMap(\.self)
        }
        for waiter in left {
            waiter.continuation.resume(returning: .failure(Self.closed))
        }
    }

    /// An operation this long past its deadline hangs; a driver needs a moment to give up.
    private static let grace = Duration.seconds(1)
    private static var closed: SourceError { .unavailable(detail: "the source is closed") }
}

// MARK: - Taking turns

extension FairPlaces {
    /// A place or a refusal; nil for who has to wait.
    private func immediate(_ namespace: String, _ due: Instant, _ state: inout State) -> Grant? {
        if state.isClosed { return .failure(Self.closed) }
        state.known.insert(namespace)
        if mayTake(namespace, state), state.lines[namespace] == nil {
            return .success(take(namespace, due, &state))
        }
        if hangs(state) { return .failure(.down(retryAfter: retryAfter)) }
        guard state.lines[namespace, default: []].count < waiting else {
            return .failure(.unavailable(detail: "busy: everything is in use and \(waiting) wait"))
        }
        return nil
    }

    private func mayTake(_ namespace: String, _ state: State) -> Bool {
        guard state.holders.count < count else { return false }
        guard state.known.count > 1, count > 1 else { return true }
        return state.holders.values.count { $0.namespace == namespace } < count - 1
    }

    private func hangs(_ state: State) -> Bool {
        guard state.holders.count == count else { return false }
        let limit = now().advanced(by: .zero - Self.grace)
        return state.holders.values.allSatisfy { $0.due < limit }
    }

    private func take(_ namespace: String, _ due: Instant, _ state: inout State) -> Place {
        let ticket = state.newTicket()
        state.holders[ticket] = Holder(namespace: namespace, due: due)
        return Place(ticket: ticket)
    }

    private func serveNext(_ state: inout State) -> (Waiter, Place)? {
        guard let turn = state.turns.firstIndex(where: { mayTake($0, state) }) else { return nil }
        let namespace = state.turns.remove(at: turn)
        guard var line = state.lines[namespace], !line.isEmpty else { return nil }
        let waiter = line.removeFirst()
        state.lines[namespace] = line.isEmpty ? nil : line
        if !line.isEmpty { state.turns.append(namespace) }
        return (waiter, take(namespace, waiter.due, &state))
    }
}

// MARK: - Waiting

extension FairPlaces {
    private func wait(for namespace: String, until deadline: Deadline) async -> Grant {
        let ticket = state.withLock { $0.newTicket() }
        return await withTaskGroup(of: Void.self) { group in
            group.addTask {
                // A sleep that throws was cancelled because the wait is over.
                guard (try? await SuspendingClock().sleep(until: deadline.instant)) != nil else { return }
                self.end(ticket, of: namespace, with: .timeout)
            }
            let grant = await self.grant(ticket, namespace, deadline)
            group.cancelAll()
            return grant
        }
    }

    private func grant(_ ticket: UInt64, _ namespace: String, _ deadline: Deadline) async -> Grant {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                enqueue(Waiter(ticket: ticket, due: deadline.instant, continuation: continuation), namespace)
                // Cancellation and the deadline find nothing to end when they come before the line above.
                if Task.isCancelled { end(ticket, of: namespace, with: .cancelled) }
                if deadline.hasPassed { end(ticket, of: namespace, with: .timeout) }
            }
        } onCancel: {
            end(ticket, of: namespace, with: .cancelled)
        }
    }

    private func enqueue(_ waiter: Waiter, _ namespace: String) {
        let ready: Grant? = state.withLock { state in
            if let ready = immediate(namespace, waiter.due, &state) { return ready }
            if state.lines[namespace] == nil { state.turns.append(namespace) }
            state.lines[namespace, default: []].append(waiter)
            return nil
        }
        if let ready { waiter.continuation.resume(returning: ready) }
    }

    private func end(_ ticket: UInt64, of namespace: String, with error: SourceError) {
        let waiter: Waiter? = state.withLock { state in
            guard var line = state.lines[namespace],
                let position = line.firstIndex(where: { $0.ticket == ticket })
            else { return nil }
            let waiter = line.remove(at: position)
            state.lines[namespace] = line.isEmpty ? nil : line
            if line.isEmpty { state.turns.removeAll { $0 == namespace } }
            return waiter
        }
        waiter?.continuation.resume(returning: .failure(error))
    }
}

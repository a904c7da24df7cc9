import GatewayCore
import Synchronization

/// Brings what a call says, on whatever thread, to the one task that writes it.
final class EventChannel: Sendable {
    typealias Instant = EventQueue.Instant

    /// What the writer does next.
    enum Step {
        /// Events, then requests to the client, which are JSON-RPC messages.
        case write([CallEvent], requests: [[UInt8]])
        /// Nothing can be written before; nil when nothing is there to be written.
        case wait(until: Instant?)
        case end
    }

    private struct State {
        var queue: EventQueue
        /// Requests to the client that are not sent yet; none is ever dropped, and few calls have many.
        var requests: [[UInt8]] = []
        var isEnded = false
        /// Whether something has changed since the last step.
        var hasNews = false
        var waiter: CheckedContinuation<Void, Never>?

        mutating func takeWaiter() -> CheckedContinuation<Void, Never>? {
            defer { waiter = nil }
            return waiter
        }
    }

    private let state: Mutex<State>

    init(_ queue: EventQueue) {
        state = Mutex(State(queue: queue))
    }

    /// Takes one event; nothing after the end.
    func hear(_ event: CallEvent) {
        let waiter = state.withLock { state -> CheckedContinuation<Void, Never>? in
            guard !state.isEnded, state.queue.hear(event) else { return nil }
            state.hasNews = true
            return state.takeWaiter()
        }
        waiter?.resume()
    }

    /// Takes a request to the client; nothing after the end.
    func ask(_ request: [UInt8]) {
        let waiter = state.withLock { state -> CheckedContinuation<Void, Never>? in
            guard !state.isEnded else { return nil }
            state.requests.append(request)
            state.hasNews = true
            return state.takeWaiter()
        }
        waiter?.resume()
    }

    /// Says that the call is over.
    func end() {
        let waiter = state.withLock { state in
            state.isEnded = true
            state.hasNews = true
            return state.takeWaiter()
        }
        waiter?.resume()
    }

    /// Says what to do now.
    func step(at now: Instant) -> Step {
        state.withLock { state in
            state.hasNews = false
            guard !state.isEnded else { return .end }
            let events = state.queue.take(at: now)
            defer { state.requests = [] }
            guard events.isEmpty, state.requests.isEmpty else { return .write(events, requests: state.requests) }
            return .wait(until: state.queue.due(at: now))
        }
    }

    /// Takes out what is left: events, then messages to the client.
    func rest(at now: Instant) -> ([CallEvent], requests: [[UInt8]]) {
        state.withLock { state in
            defer { state.requests = [] }
            return (state.queue.take(at: now, isEnd: true), state.requests)
        }
    }

    /// Waits until there is something new since the last step, or the task is cancelled.
    ///
    /// For one task at a time.
    func changed() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isNow = state.withLock { state in
                    if state.hasNews || Task.isCancelled { return true }
                    state.waiter = continuation
                    return false
                }
                if isNow { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.takeWaiter() }?.resume()
        }
    }
}

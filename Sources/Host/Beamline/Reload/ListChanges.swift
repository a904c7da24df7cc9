import Synchronization

/// Which plugins have said that their lists changed; a plugin that says so a thousand times is asked once.
final class ListChanges: Sendable {
    private let waiting = Mutex<Set<String>>([])
    private let signal: AsyncStream<Void>.Continuation
    /// Yields when there is something to `take`.
    let signals: AsyncStream<Void>

    init() {
        (signals, signal) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Takes note of a change; from any thread, returns at once.
    func note(_ namespace: String) {
        waiting.withLock { _ = $0.insert(namespace) }
        signal.yield()
    }

    /// The namespaces noted since the last time.
    func take() -> [String] {
        waiting.withLock { waiting in
            defer { waiting.removeAll() }
            return waiting.sorted()
        }
    }
}

import CSandbox
import Glibc
import PluginRuntime
import Synchronization

/// What one thread watches for all workers.
protocol WorkerPolled: AnyObject, Sendable {
    /// There is something to read, or the other end is gone; the buffer is lent.
    func readable(_ descriptor: CInt, _ buffer: inout [UInt8])
    /// There is room to write.
    func writable()
    /// A second has passed.
    func tick()
}

/// One thread for all workers of a gateway: it reads what they say, and looks after them once in a second.
final class WorkerPoller: Sendable {
    private struct Watched {
        let descriptor: CInt
        let handler: any WorkerPolled
    }

    private struct State {
        var last: UInt64 = 0
        var watched: [UInt64: Watched] = [:]
        var isEnded = false
    }

    private let poll: CInt
    private let wake: CInt
    private let state = Mutex(State())
    private let thread: DedicatedThreads

    /// Events taken from the system at once.
    private static let batch = 64
    /// What is read of one worker before the next has its turn, in bytes.
    private static let turn = 256 << 10
    private static let second: Int64 = 1_000_000_000

    init() throws(PluginLoadError) {
        poll = polling_create()
        wake = polling_create_wake()
        guard poll >= 0, wake >= 0 else { throw .noThread(error: errno) }
        thread = try DedicatedThreads(count: 1, name: "plugin-workers")
        _ = polling_add(poll, wake, 0, 0)
        let (poll, wake) = (poll, wake)
        thread.perform { [weak self] in
            Self.run(poll) { self }
            close(poll)
            close(wake)
        }
    }

    /// Ends the thread; what is watched is let go.
    func end() {
        state.withLock { state in
            state.isEnded = true
            state.watched = [:]
        }
        polling_wake(wake)
    }

    /// Watches a descriptor until `forget`.
    /// - Returns: its number here, which is never used again.
    func watch(_ descriptor: CInt, _ handler: any WorkerPolled) -> UInt64 {
        let number = state.withLock { state in
            state.last += 1
            state.watched[state.last] = Watched(descriptor: descriptor, handler: handler)
            return state.last
        }
        _ = polling_add(poll, descriptor, number, 0)
        return number
    }

    /// Also tells of room to write, or no longer.
    func wantsRoom(_ wants: Bool, _ number: UInt64) {
        guard let watched = state.withLock({ $0.watched[number] }) else { return }
        _ = polling_change(poll, watched.descriptor, number, wants ? 1 : 0)
    }

    /// Watches no longer; before the descriptor is closed.
    func forget(_ number: UInt64) {
        guard let watched = state.withLock({ $0.watched.removeValue(forKey: number) }) else { return }
        polling_remove(poll, watched.descriptor)
    }

    private static func run(_ poll: CInt, _ poller: () -> WorkerPoller?) {
        var events = [polling_event](repeating: polling_event(), count: batch)
        var buffer = [UInt8](repeating: 0, count: turn)
        var next = MonotonicTime.now() + second
        while true {
            let wait = max(0, (next - MonotonicTime.now() + 999_999) / 1_000_000)
            let count = unsafe polling_wait(poll, &events, Int32(batch), Int32(wait))
            guard let poller = poller(), !poller.state.withLock({ $0.isEnded }) else { return }
            for index in 0..<max(0, Int(count)) { poller.dispatch(events[index], &buffer) }
            // After what the workers said: one that answered while this thread was held up is not silent.
            let now = MonotonicTime.now()
            guard now >= next else { continue }
            next = now + second
            var seen: Set<ObjectIdentifier> = []
            for watched in poller.state.withLock({ Array($0.watched.values) })
            where seen.insert(ObjectIdentifier(watched.handler)).inserted {
                watched.handler.tick()
            }
        }
    }

    private func dispatch(_ event: polling_event, _ buffer: inout [UInt8]) {
        guard let watched = state.withLock({ $0.watched[event.number] }) else { return }
        if event.writable != 0 { watched.handler.writable() }
        if event.readable != 0 { watched.handler.readable(watched.descriptor, &buffer) }
    }
}

import Synchronization

/// A value that comes once, for all who wait.
final class Eventually<Value: Sendable>: Sendable {
    private struct State {
        var value: Value?
        var last: UInt64 = 0
        var waiting: [UInt64: CheckedContinuation<Value?, Never>] = [:]
    }

    private let state = Mutex(State())

    /// Gives the value; the first one counts.
    func settle(_ value: Value) {
        let waiting = state.withLock { state -> [CheckedContinuation<Value?, Never>] in
            guard state.value == nil else { return [] }
            state.value = value
            defer { state.waiting = [:] }
            return Array(state.waiting.values)
        }
        for continuation in waiting { continuation.resume(returning: value) }
    }

    /// The value; nil when it does not come in time, or the task is cancelled.
    func value(within limit: Duration) async -> Value? {
        if let value = state.withLock({ $0.value }) { return value }
        let number = state.withLock { state in
            state.last += 1
            return state.last
        }
        return await withTaskGroup { group in
            let value = await withCheckedContinuation { continuation in
                let value: Value? = state.withLock { state in
                    if state.value == nil { state.waiting[number] = continuation }
                    return state.value
                }
                if let value { return continuation.resume(returning: value) }
                group.addTask {
                    // Ends early when the value is there, or nobody wants it any more.
                    try? await Task.sleep(for: limit, clock: .suspending)
                    self.giveUp(number)
                }
            }
            group.cancelAll()
            return value
        }
    }

    private func giveUp(_ number: UInt64) {
        state.withLock { $0.waiting.removeValue(forKey: number) }?.resume(returning: nil)
    }
}

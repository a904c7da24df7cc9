/// Has what several want at the same time be done once.
actor SingleFlight<Key: Hashable & Sendable, Value: Sendable> {
    /// Who waits for what somebody else is doing; nil when that one gave up.
    private var running: [Key: [CheckedContinuation<Value?, Never>]] = [:]

    /// The value of a key: from this work, or from the same that somebody else is doing.
    ///
    /// Who is cancelled while they work leaves it to the next.
    func value(for key: Key, _ work: @Sendable () async -> Value) async -> Value {
        while running[key] != nil {
            if let value = await withCheckedContinuation({ running[key, default: []].append($0) }) { return value }
        }
        running[key] = []
        let value = await work()
        let isOver = Task.isCancelled
        for waiting in running.removeValue(forKey: key) ?? [] { waiting.resume(returning: isOver ? nil : value) }
        return value
    }
}

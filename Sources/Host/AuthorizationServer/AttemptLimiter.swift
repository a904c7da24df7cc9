import Synchronization

/// Counts attempts by key in windows of a minute; bounded, whatever keys come.
package final class AttemptLimiter: Sendable {
    private struct Window {
        var start: Int64 = 0
        var counts: [String: Int] = [:]
    }

    private static let seconds: Int64 = 60
    private let window = Mutex(Window())
    private let mostKeys: Int

    package init(mostKeys: Int = 10_000) {
        self.mostKeys = mostKeys
    }

    /// Whether one more attempt is within the limit; it is counted.
    package func allows(_ key: String, atMost maximum: Int, at now: Int64) -> Bool {
        window.withLock { window in
            Self.turn(&window, to: now)
            // When there is no room to count a stranger, nobody new is let in until the minute is over.
            guard window.counts[key] != nil || window.counts.count < mostKeys else { return false }
            window.counts[key, default: 0] += 1
            return window.counts[key, default: 0] <= maximum
        }
    }

    private static func turn(_ window: inout Window, to now: Int64) {
        guard now < window.start || now >= window.start + seconds else { return }
        window = Window(start: now)
    }
}

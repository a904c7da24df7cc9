/// The private queues of one connection, each with one question at a time.
///
/// Many programs answer without saying to what, so a queue is what tells answers apart. One whose question was not
/// answered is given up, because the answer may still come; one that had its answer rests and is used again, so that a
/// broker that keeps every queue it has seen does not fill up.
struct ReplyQueues: Sendable {
    typealias Instant = SuspendingClock.Instant

    /// How many rest; more are given up.
    private static let mostResting = 64

    private let prefix: String
    private let rest: Duration
    private var asking: [UInt64: UInt64] = [:]
    private var resting: [(number: UInt64, until: Instant)] = []
    private var lastNumber: UInt64 = 0

    /// - Parameters:
    ///   - prefix: What names begin with; unique to the connection.
    ///   - rest: How long a queue is left alone after its answer.
    init(prefix: String, rest: Duration) {
        self.prefix = prefix
        self.rest = rest
    }

    /// The name of a queue.
    func name(_ number: UInt64) -> String { prefix + String(number) }

    /// A queue for a question; a new one has to be subscribed to.
    mutating func take(for ticket: UInt64, at now: Instant) -> (number: UInt64, isNew: Bool) {
        if let oldest = resting.first, oldest.until <= now {
            resting.removeFirst()
            asking[oldest.number] = ticket
            return (oldest.number, false)
        }
        lastNumber += 1
        asking[lastNumber] = ticket
        return (lastNumber, true)
    }

    /// Whose question waits at a queue.
    func ticket(at number: UInt64) -> UInt64? { asking[number] }

    /// Takes note of the answer.
    /// - Returns: Whether the queue is kept; else it is still to be given up.
    mutating func answered(_ number: UInt64, at now: Instant) -> Bool {
        guard asking[number] != nil, resting.count < Self.mostResting else { return false }
        asking[number] = nil
        resting.append((number, now.advanced(by: rest)))
        return true
    }

    /// Gives a queue up.
    /// - Returns: Whether it was in use, so that it has to be unsubscribed from.
    mutating func giveUp(_ number: UInt64) -> Bool {
        if asking.removeValue(forKey: number) != nil { return true }
        guard let index = resting.firstIndex(where: { $0.number == number }) else { return false }
        resting.remove(at: index)
        return true
    }
}

import GatewayCore
import JSON
import MCPServer
import Testing

@Suite("Queue of events")
struct EventQueueTests {
    private static let start = SuspendingClock.now

    private static func queue(
        wantsProgress: Bool = true,
        severity: Severity? = .debug,
        _ limits: StreamLimits = StreamLimits()
    ) -> EventQueue {
        EventQueue(wantsProgress: wantsProgress, severity: severity, limits: limits)
    }

    private static func progress(_ done: Double, _ total: Double? = nil) -> CallEvent {
        .progress(done: done, total: total, note: nil)
    }

    private static func message(_ severity: Severity, _ text: String = "x") -> CallEvent {
        .message(CallMessage(severity, data: JSONValue.string(text).serialized))
    }

    private static func taken(
        _ queue: inout EventQueue,
        at now: SuspendingClock.Instant,
        isEnd: Bool = false
    ) -> [CallEvent] {
        queue.take(at: now, isEnd: isEnd)
    }

    private static func at(_ milliseconds: Int) -> SuspendingClock.Instant {
        start.advanced(by: .milliseconds(milliseconds))
    }

    @Test func `progress that does not grow is dropped`() {
        var queue = Self.queue(StreamLimits(progressInterval: .zero))
        var sent: [CallEvent] = []
        for done in [1, 1, 0.5, 1.5, .nan, .infinity, -1, 2] {
            _ = queue.hear(Self.progress(done))
            sent += queue.take(at: Self.start)
        }
        #expect(sent == [1, 1.5, 2].map { Self.progress($0) })
    }

    @Test(arguments: [(0, nil), (-1, nil), (.nan, nil), (.infinity, nil), (0.5, 0.5), (3, 3)] as [(Double, Double?)])
    func `a total is passed on when it can be one`(given: Double, sent: Double?) {
        var queue = Self.queue()
        _ = queue.hear(Self.progress(1, given))
        #expect(Self.taken(&queue, at: Self.start) == [Self.progress(1, sent)])
    }

    @Test func `without an interval every step counts, as long as there is room`() {
        var queue = Self.queue(StreamLimits(progressInterval: .zero, bufferBytes: 3 << 10))
        for done in [1.0, 2, 3] { _ = queue.hear(Self.progress(done)) }
        #expect(Self.taken(&queue, at: Self.start) == [1, 2, 3].map { Self.progress($0) })
        for done in [4.0, 5, 6, 7] { _ = queue.hear(Self.progress(done)) }
        #expect(Self.taken(&queue, at: Self.start) == [5, 6, 7].map { Self.progress($0) })
    }

    @Test func `progress keeps to its interval, and the latest counts`() {
        var queue = Self.queue(StreamLimits(progressInterval: .milliseconds(100)))
        #expect(queue.due(at: Self.start) == nil)
        let isFirst = queue.hear(Self.progress(1))
        #expect(isFirst)
        #expect(queue.due(at: Self.start) == Self.start)
        #expect(Self.taken(&queue, at: Self.start) == [Self.progress(1)])
        let isEarlier = [2, 3].map { queue.hear(Self.progress($0)) }
        #expect(isEarlier == [true, false])
        #expect(queue.due(at: Self.at(1)) == Self.at(100))
        #expect(Self.taken(&queue, at: Self.at(99)) == [])
        #expect(Self.taken(&queue, at: Self.at(100)) == [Self.progress(3)])
        #expect(Self.taken(&queue, at: Self.at(1000)) == [])
    }

    @Test func `a flood is ten messages in a second`() {
        var queue = Self.queue()
        var sent = 0
        for millisecond in 0..<1000 {
            _ = queue.hear(Self.progress(Double(millisecond)))
            sent += queue.take(at: Self.at(millisecond)).count
        }
        #expect(sent == 10)
    }

    @Test func `the answer brings the progress that waits`() {
        var queue = Self.queue()
        _ = queue.hear(Self.progress(1))
        _ = queue.take(at: Self.start)
        _ = queue.hear(Self.progress(2))
        #expect(Self.taken(&queue, at: Self.start) == [])
        #expect(Self.taken(&queue, at: Self.start, isEnd: true) == [Self.progress(2)])
    }

    @Test func `what was not asked for is dropped`() {
        var silent = Self.queue(wantsProgress: false, severity: nil)
        let isHeard = [Self.progress(1), Self.message(.emergency)].map { silent.hear($0) }
        #expect(isHeard == [false, false])
        #expect(Self.taken(&silent, at: Self.start, isEnd: true) == [])
    }

    @Test(arguments: Severity.allCases)
    func `messages below the level are dropped`(level: Severity) {
        var queue = Self.queue(severity: level)
        for severity in Severity.allCases { _ = queue.hear(Self.message(severity)) }
        #expect(Self.taken(&queue, at: Self.start) == Severity.allCases.filter { $0 >= level }.map { Self.message($0) })
    }

    /// A message of one character is taken for 67 bytes.
    @Test(arguments: [(201, 0), (200, 1), (134, 1), (133, 2), (67, 2), (66, 3)])
    func `of messages that do not fit the oldest are lost, and the client is told`(bytes: Int, lost: Int) {
        var queue = Self.queue(StreamLimits(bufferBytes: bytes))
        let messages = ["a", "b", "c"].map { Self.message(.info, $0) }
        for message in messages { _ = queue.hear(message) }
        let text = JSONValue.string("Messages lost here because they came faster than they were read: \(lost).")
        let notice = CallEvent.message(CallMessage(.warning, logger: "beamline", data: text.serialized))
        #expect(queue.due(at: Self.start) == Self.start)
        #expect(Self.taken(&queue, at: Self.start) == (lost > 0 ? [notice] : []) + messages.dropFirst(lost))
        #expect(Self.taken(&queue, at: Self.start) == [])
    }

    @Test func `the word of lost messages keeps to the level`() {
        var queue = Self.queue(severity: .error, StreamLimits(bufferBytes: 1))
        _ = queue.hear(Self.message(.critical))
        guard case .message(let notice)? = queue.take(at: Self.start).first else {
            Issue.record("nothing was said")
            return
        }
        #expect(notice.severity == .error)
    }
}

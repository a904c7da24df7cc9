import GatewayCore
import MessageSource
import OutboundStream
import Synchronization

/// A session without a broker: the test says what comes, and when.
struct SessionStage {
    var session: BrokerSession
    private(set) var now = SuspendingClock.now
    /// What has been written, as text.
    private(set) var written = ""
    private(set) var answers: [UInt64: BrokerSession.Answer] = [:]
    /// How often a stream was asked for, and given up.
    private(set) var opens = 0
    private(set) var drops = 0
    private(set) var isClosed = false
    private let connections = Counter()

    private final class Counter: Sendable {
        private let count = Atomic(0)
        var next: Int { count.add(1, ordering: .relaxed).newValue }
    }

    init(jitter: Double = 0, _ change: (inout MessageSettings) -> Void = { _ in }) {
        var settings = MessageSettings(stream: StreamSettings(host: "broker", port: 1), heartBeat: .zero)
        change(&settings)
        let connections = connections
        session = BrokerSession(settings, identity: { "gw\(connections.next)" }, jitter: { jitter })
    }

    /// A stage whose session is let in.
    static func ready(
        version: String = "1.2",
        heartBeat: String = "0,0",
        _ change: (inout MessageSettings) -> Void = { _ in }
    ) -> SessionStage {
        var stage = SessionStage(change)
        stage.send("first", as: 0)
        stage.open()
        stage.receive("CONNECTED\nversion:\(version)\nheart-beat:\(heartBeat)\n\n\0")
        stage.receive("RECEIPT\nreceipt-id:m0\n\n\0")
        stage.forget()
        return stage
    }

    mutating func send(_ body: String, as ticket: UInt64, receipt: Bool = true, within time: Duration = .seconds(60)) {
        let message = SourceMessage(
            destination: "/queue/a",
            body: Array(body.utf8),
            wantsReceipt: receipt,
            deadline: Deadline(now.advanced(by: time))
        )
        session.begin(.message(message), as: ticket, at: now)
        settle()
    }

    mutating func ask(_ ticket: UInt64, within time: Duration = .seconds(60), maximumBytes: Int = 100) {
        let exchange = SourceExchange(
            destination: "/queue/a",
            maximumBytes: maximumBytes,
            deadline: Deadline(now.advanced(by: time))
        ) { Array($0.utf8) }
        session.begin(.exchange(exchange), as: ticket, at: now)
        settle()
    }

    mutating func cancel(_ ticket: UInt64) {
        session.cancel(ticket, at: now)
        settle()
    }

    mutating func open() {
        session.opened(at: now)
        settle()
    }

    mutating func fail(_ detail: String) {
        session.failedToOpen(detail, at: now)
        settle()
    }

    mutating func lose(_ detail: String) {
        session.lost(detail, at: now)
        settle()
    }

    mutating func receive(_ text: String) {
        session.received(Array(text.utf8)[...], at: now)
        settle()
    }

    mutating func close() {
        session.close(at: now)
        settle()
    }

    /// Lets time pass, without a look at the clock between.
    mutating func wait(_ time: Duration) {
        now = now.advanced(by: time)
        session.tick(at: now)
        settle()
    }

    /// Until when nothing is due.
    var wake: Duration? { session.wake.map { now.duration(to: $0) } }

    /// Writes what is offered; at most so many bytes.
    mutating func write(_ most: Int = .max) {
        var left = most
        while let bytes = session.outgoing() {
            let taken = bytes.prefix(left)
            guard !taken.isEmpty else { break }
            written += String(decoding: taken, as: UTF8.self)
            left -= taken.count
            session.wrote(taken.count, at: now)
        }
        settle()
    }

    mutating func forget() {
        write()
        written = ""
        answers = [:]
        (opens, drops) = (0, 0)
    }

    /// Why a message has failed; nil when it has not, or not yet.
    func failure(_ ticket: UInt64) -> SourceError? {
        guard case .failure(let error)? = answers[ticket] else { return nil }
        return error
    }

    /// The body of the answer to a question.
    func reply(_ ticket: UInt64) -> String? {
        guard case .success(let reply?)? = answers[ticket] else { return nil }
        return reply.text
    }

    private mutating func settle() {
        for effect in session.takeEffects() {
            switch effect {
            case .open: opens += 1
            case .drop: drops += 1
            case .closed: isClosed = true
            case .settle(let ticket, let answer):
                precondition(answers[ticket] == nil, "a message has two answers")
                answers[ticket] = answer
            }
        }
    }
}

package import GatewayCore
internal import OutboundStream
internal import StompProtocol

/// What is said to a broker and what is made of its answers; knows no socket and no clock.
///
/// Its owner tells it what happened and when, does what `takeEffects` says, writes what `outgoing` offers, and comes
/// back by `wake`.
///
/// idle → opening → greeting → ready → (leaving →) closed; what breaks goes back to idle.
package struct BrokerSession: Sendable {
    package typealias Instant = SuspendingClock.Instant
    package typealias Answer = Result<MessageReply?, SourceError>

    /// What the owner has to do.
    package enum Effect: Sendable {
        /// Open a stream, and tell `opened` or `failedToOpen`.
        case open
        /// Close the stream.
        case drop
        /// Tell who waits for a message; once for each.
        case settle(UInt64, Answer)
        /// Tell who waits for the end.
        case closed
    }

    package enum Phase: Hashable, Sendable {
        case idle, opening, greeting, ready, leaving, closed
    }

    /// How long a broker has to say good-bye.
    static let leavingTime: Duration = .seconds(1)

    let settings: MessageSettings
    private let makeIdentity: @Sendable () -> String
    package private(set) var phase = Phase.idle
    var deliveries: [UInt64: Delivery] = [:]
    /// The tickets that wait for a connection, in order.
    private var waiting: [UInt64] = []
    var outbox = Outbox()
    var replies: ReplyQueues
    private var decoder: StompDecoder
    private var backOff: BrokerBackOff
    private var effects: [Effect] = []
    /// The name of this connection, which no other has.
    private(set) var identity = ""
    private(set) var version: StompVersion?
    /// When the greeting or the good-bye has taken too long.
    private var phaseEnd: Instant?
    private var sendEvery: Duration?
    private var hearEvery: Duration?
    private var lastWrite: Instant?
    private var lastRead: Instant?

    /// - Parameters:
    ///   - settings: Those of the source.
    ///   - identity: Makes a name for each connection.
    ///   - jitter: Numbers from 0 up to 1.
    package init(
        _ settings: MessageSettings,
        identity: @escaping @Sendable () -> String = { "beamline-\(RequestID())" },
        jitter: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) }
    ) {
        self.settings = settings
        makeIdentity = identity
        replies = ReplyQueues(prefix: "", rest: settings.replyRest)
        decoder = StompDecoder(limits: Self.limits(settings))
        backOff = BrokerBackOff(first: settings.firstBackOff, longest: settings.longestBackOff, jitter: jitter)
    }

    private static func limits(_ settings: MessageSettings) -> StompLimits {
        StompLimits(bodyBytes: settings.maximumBytes)
    }

    // MARK: - Messages

    /// Takes a message; its answer comes as an effect.
    package mutating func begin(_ order: Delivery.Order, as ticket: UInt64, at now: Instant) {
        guard phase != .leaving, phase != .closed else { return refuse(ticket, Self.closedError) }
        guard order.deadline.instant > now else { return refuse(ticket, .timeout) }
        guard deliveries.count < settings.underWay else {
            return refuse(ticket, .unavailable(detail: "busy: \(settings.underWay) messages are under way"))
        }
        if phase == .idle {
            if let wait = backOff.wait(at: now) { return refuse(ticket, .down(retryAfter: wait)) }
            phase = .opening
            effects.append(.open)
        }
        deliveries[ticket] = Delivery(order)
        if phase == .ready {
            dispatch(ticket, at: now)
        } else {
            waiting.append(ticket)
        }
    }

    /// Nobody waits for a message any more.
    package mutating func cancel(_ ticket: UInt64, at now: Instant) {
        guard let delivery = deliveries[ticket] else { return }
        guard delivery.deadline.instant > now else { return expire(ticket, delivery) }
        settle(ticket, .failure(.cancelled))
    }

    private mutating func expire(_ ticket: UInt64, _ delivery: Delivery) {
        let detail =
            delivery.stage == .confirmed ? "no answer by the deadline" : "the broker confirmed nothing by the deadline"
        settle(ticket, .failure(delivery.ending(.timeout, detail)))
    }

    private mutating func refuse(_ ticket: UInt64, _ error: SourceError) {
        effects.append(.settle(ticket, .failure(error)))
    }

    /// Ends a message; the queue for its answer is given up unless that has come.
    mutating func settle(_ ticket: UInt64, _ answer: Answer) {
        guard let delivery = deliveries.removeValue(forKey: ticket) else { return }
        switch delivery.stage {
        case .waiting: waiting.removeAll { $0 == ticket }
        case .queued: outbox.remove(ticket)
        case .begun, .confirmed: break
        }
        if let number = delivery.replyQueue { giveUp(number) }
        effects.append(.settle(ticket, answer))
    }

    // MARK: - The stream

    /// The stream is open: the broker is greeted.
    package mutating func opened(at now: Instant) {
        guard phase == .opening else {
            effects.append(.drop)
            return
        }
        phase = .greeting
        phaseEnd = now.advanced(by: settings.stream.connectTimeout)
        identity = makeIdentity()
        version = nil
        decoder = StompDecoder(limits: Self.limits(settings))
        outbox = Outbox()
        replies = ReplyQueues(prefix: "\(settings.replyPrefix)\(identity).", rest: settings.replyRest)
        (lastRead, lastWrite) = (now, now)
        do throws(StompEncodingFault) {
            outbox.append(try greeting.encoded(as: nil))
        } catch {
            fail("the user or the password holds a line break", at: now)
        }
    }

    /// The stream could not be opened.
    package mutating func failedToOpen(_ detail: String, at now: Instant) {
        guard phase == .opening else { return }
        fail(detail, at: now)
    }

    /// The stream has ended.
    package mutating func lost(_ detail: String, at now: Instant) {
        switch phase {
        case .idle, .opening, .closed: return
        case .greeting: fail(detail, at: now)
        case .leaving: endClosing()
        case .ready:
            phase = .idle
            endConnection()
            for (ticket, delivery) in deliveries {
                settle(ticket, .failure(delivery.ending(.unavailable(detail: detail), detail)))
            }
        }
    }

    /// No connection came about: nothing was sent of what waits for it.
    private mutating func fail(_ detail: String, at now: Instant) {
        phase = .idle
        backOff.failed(at: now)
        endConnection()
        for ticket in deliveries.keys { settle(ticket, .failure(.unavailable(detail: detail))) }
    }

    private mutating func endConnection() {
        phaseEnd = nil
        (sendEvery, hearEvery) = (nil, nil)
        effects.append(.drop)
    }

    // MARK: - The end

    /// Ends what is under way and takes leave of the broker.
    package mutating func close(at now: Instant) {
        let wasReady = phase == .ready
        guard phase != .leaving else { return }
        phase = .leaving
        for (ticket, delivery) in deliveries {
            settle(ticket, .failure(delivery.ending(Self.closedError, "the source is closed")))
        }
        guard wasReady,
            let farewell = try? StompFrame("DISCONNECT", [StompHeader("receipt", "bye")]).encoded(as: version)
        else { return endClosing() }
        phaseEnd = now.advanced(by: Self.leavingTime)
        outbox.append(farewell)
    }

    private mutating func endClosing() {
        phase = .closed
        endConnection()
        effects.append(.closed)
    }

    private static var closedError: SourceError { .unavailable(detail: "the source is closed") }

    // MARK: - Owner

    /// Whether there is a stream.
    var isOpen: Bool { phase == .greeting || phase == .ready || phase == .leaving }

    var hasEffects: Bool { !effects.isEmpty }

    /// What is to be done, once.
    package mutating func takeEffects() -> [Effect] {
        defer { effects = [] }
        return effects
    }
}

// MARK: - What is written

extension BrokerSession {
    /// What is to be written now; nil when there is nothing.
    package mutating func outgoing() -> ArraySlice<UInt8>? {
        guard isOpen, let next = outbox.next() else { return nil }
        if let ticket = next.begun { deliveries[ticket]?.stage = .begun }
        return next.bytes
    }

    /// So many of the bytes are written.
    package mutating func wrote(_ count: Int, at now: Instant) {
        lastWrite = now
        guard let ticket = outbox.wrote(count), case .message(let message) = deliveries[ticket]?.order else { return }
        if !message.wantsReceipt { settle(ticket, .success(nil)) }
    }
}

// MARK: - Time

extension BrokerSession {
    /// When `tick` is next needed; nil for never.
    package var wake: Instant? {
        var moments = deliveries.values.map(\.deadline.instant)
        if let phaseEnd { moments.append(phaseEnd) }
        if let sendEvery, let lastWrite { moments.append(lastWrite.advanced(by: sendEvery)) }
        if let hearEvery, let lastRead { moments.append(lastRead.advanced(by: hearEvery)) }
        return moments.min()
    }

    /// Does what is due.
    package mutating func tick(at now: Instant) {
        for (ticket, delivery) in deliveries where delivery.deadline.instant <= now { expire(ticket, delivery) }
        if let phaseEnd, phaseEnd <= now {
            return phase == .leaving ? endClosing() : fail("the broker did not greet in time", at: now)
        }
        if let hearEvery, let lastRead, lastRead.advanced(by: hearEvery) <= now {
            return lost("the broker gave no sign of life for \(hearEvery)", at: now)
        }
        if let sendEvery, let lastWrite, lastWrite.advanced(by: sendEvery) <= now {
            self.lastWrite = now
            if outbox.isEmpty { outbox.append([UInt8(ascii: "\n")]) }
        }
    }
}

// MARK: - What is read

extension BrokerSession {
    /// Bytes have come.
    package mutating func received(_ bytes: ArraySlice<UInt8>, at now: Instant) {
        lastRead = now
        var piece = bytes
        do throws(StompFault) {
            while isOpen, let event = try decoder.next(from: &piece) {
                switch event {
                case .heartBeat: break
                case .frame(let frame): take(frame, at: now)
                case .oversized(let frame): takeOversized(frame, at: now)
                }
            }
        } catch {
            lost("the broker sent what is no frame: \(error)", at: now)
        }
    }

    private mutating func take(_ frame: StompFrame, at now: Instant) {
        switch (phase, frame.command) {
        case (.greeting, "CONNECTED"): greeted(frame, at: now)
        case (.leaving, "RECEIPT") where frame["receipt-id"] == "bye": endClosing()
        case (.leaving, _): break
        case (.ready, "RECEIPT"): confirmed(frame, at: now)
        case (.ready, "MESSAGE"): answered(frame, at: now)
        case (.ready, "ERROR"): refused(frame, at: now)
        case (_, "ERROR"): lost("the broker refused the connection: \(Self.words(of: frame))", at: now)
        default: lost("the broker sent \(BrokerText.cleaned(frame.command)) at the wrong time", at: now)
        }
    }

    /// The broker lets the gateway in (STOMP 1.2, "Connected Frame"; "Heart-beating").
    private mutating func greeted(_ frame: StompFrame, at now: Instant) {
        guard let version = frame["version"].flatMap(StompVersion.init), settings.versions.contains(version) else {
            return lost("the broker speaks none of the versions it was offered", at: now)
        }
        guard let theirs = StompHeartBeat(frame["heart-beat"]) else {
            return lost("the broker's heart-beat is malformed", at: now)
        }
        phase = .ready
        phaseEnd = nil
        self.version = version
        decoder.version = version
        backOff.succeeded()
        // Twice as often as promised and half as often as was promised: neither clock nor network is exact.
        sendEvery = heartBeat.sending(to: theirs).map { .milliseconds(max(1, $0 / 2)) }
        hearEvery = heartBeat.receiving(from: theirs).map { .milliseconds($0 * 2) }
        let tickets = waiting
        waiting = []
        for ticket in tickets { dispatch(ticket, at: now) }
    }
}

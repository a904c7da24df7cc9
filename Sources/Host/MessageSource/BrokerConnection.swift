internal import Dispatch
internal import GatewayCore
internal import OutboundStream
internal import Synchronization

/// Does for a session what it cannot: opens streams, reads, writes, and looks at the clock.
///
/// A class on a serial queue and not an actor: readiness of the socket and the timer come as callbacks on that queue and
/// act at once, without a task for each. No thread waits for an answer; one waits while a stream is opened.
///
/// `@unchecked Sendable` because every stored variable is touched only in blocks of `queue`.
final class BrokerConnection: @unchecked Sendable {
    /// Numbers a message, and tells whether its task was cancelled before the message began.
    private final class Ticket: Sendable {
        let number: UInt64
        private let isCancelled = Atomic(false)

        init(_ number: UInt64) {
            self.number = number
        }

        var wasCancelled: Bool { isCancelled.load(ordering: .relaxed) }
        func cancel() { isCancelled.store(true, ordering: .relaxed) }
    }

    private static let readBytes = 64 << 10
    /// How often is read before something else gets its turn.
    private static let readsInRow = 16

    private let settings: StreamSettings
    private let queue: DispatchQueue
    /// Where a stream is opened, which blocks.
    private let opening: DispatchQueue
    private let timer: any DispatchSourceTimer
    private let tickets = Atomic<UInt64>(0)
    private var session: BrokerSession
    private var callers: [UInt64: CheckedContinuation<BrokerSession.Answer, Never>] = [:]
    private var closers: [CheckedContinuation<Void, Never>] = []
    private var stream: OutboundStream?
    private var reading: (any DispatchSourceRead)?
    private var writing: (any DispatchSourceWrite)?
    private var buffer: [UInt8] = []
    private var wakesAt: SuspendingClock.Instant?

    init(_ settings: MessageSettings, label: String) {
        self.settings = settings.stream
        session = BrokerSession(settings)
        queue = DispatchQueue(label: label)
        opening = DispatchQueue(label: "\(label).opening")
        timer = DispatchSource.makeTimerSource(queue: queue)
        timer.setEventHandler { [weak self] in self?.tick() }
        timer.activate()
    }

    deinit {
        timer.cancel()
        reading?.cancel()
        writing?.cancel()
    }

    /// Carries out one order, until its deadline at most.
    func carryOut(_ order: Delivery.Order) async -> BrokerSession.Answer {
        let ticket = Ticket(tickets.add(1, ordering: .relaxed).newValue)
        return await withTaskCancellationHandler {
            await withCheckedContinuation { caller in
                queue.async { self.begin(order, ticket, caller) }
            }
        } onCancel: {
            ticket.cancel()
            queue.async {
                self.session.cancel(ticket.number, at: .now)
                self.act()
            }
        }
    }

    /// Ends what is under way, takes leave, and closes the stream.
    func close() async {
        await withCheckedContinuation { closer in
            queue.async {
                self.closers.append(closer)
                self.session.close(at: .now)
                self.act()
            }
        }
    }

    private func begin(
        _ order: Delivery.Order,
        _ ticket: Ticket,
        _ caller: CheckedContinuation<BrokerSession.Answer, Never>
    ) {
        guard !ticket.wasCancelled else {
            return caller.resume(returning: .failure(order.deadline.hasPassed ? .timeout : .cancelled))
        }
        callers[ticket.number] = caller
        session.begin(order, as: ticket.number, at: .now)
        act()
    }

    private func tick() {
        wakesAt = nil
        session.tick(at: .now)
        act()
    }

    // MARK: - What the session wants

    private func act() {
        repeat {
            for effect in session.takeEffects() { carryOut(effect) }
            flush()
        } while session.hasEffects
        arm()
    }

    private func carryOut(_ effect: BrokerSession.Effect) {
        switch effect {
        case .open:
            opening.async { [settings, queue] in
                let outcome = Result { () throws(StreamError) in try OutboundStream(settings) }
                queue.async { self.opened(outcome) }
            }
        case .drop:
            reading?.cancel()
            writing?.cancel()
            reading = nil
            writing = nil
            stream = nil
        case .settle(let ticket, let answer):
            callers.removeValue(forKey: ticket)?.resume(returning: answer)
        case .closed:
            for closer in closers { closer.resume() }
            closers = []
        }
    }

    private func opened(_ outcome: Result<OutboundStream, StreamError>) {
        switch outcome {
        case .failure(let error):
            session.failedToOpen(error.reason, at: .now)
        case .success(let stream):
            self.stream = stream
            let source = DispatchSource.makeReadSource(fileDescriptor: stream.descriptor, queue: queue)
            source.setEventHandler { [weak self] in self?.readable() }
            // Keeps the socket open until the source has let go of it.
            source.setCancelHandler { _ = stream }
            source.activate()
            reading = source
            session.opened(at: .now)
        }
        act()
    }

    // MARK: - The socket

    private func readable() {
        guard let stream else { return }
        read(stream)
        act()
    }

    private func read(_ stream: OutboundStream) {
        if buffer.isEmpty { buffer = Array(repeating: 0, count: Self.readBytes) }
        for _ in 0..<Self.readsInRow {
            switch stream.read(into: &buffer) {
            case .bytes(let count): session.received(buffer[..<count], at: .now)
            case .blocked: return
            case .ended: return session.lost("the broker closed the connection", at: .now)
            case .failed(let error): return session.lost(error.reason, at: .now)
            }
        }
        // What TLS has read already, no socket tells of.
        queue.async {
            if self.stream === stream { self.readable() }
        }
    }

    /// Writes what is waiting, and goes on when the socket takes more.
    private func flush() {
        guard let stream else { return }
        while let bytes = session.outgoing() {
            switch stream.write(bytes) {
            case .bytes(let count): session.wrote(count, at: .now)
            case .blocked: return wait(toWrite: stream)
            case .ended, .failed:
                // What the broker said last tells why.
                read(stream)
                return session.lost("the broker closed the connection", at: .now)
            }
        }
        writing?.cancel()
        writing = nil
    }

    private func wait(toWrite stream: OutboundStream) {
        guard writing == nil else { return }
        let source = DispatchSource.makeWriteSource(fileDescriptor: stream.descriptor, queue: queue)
        source.setEventHandler { [weak self] in self?.act() }
        source.setCancelHandler { _ = stream }
        source.activate()
        writing = source
    }

    // MARK: - Time

    /// Makes sure the timer fires when the session next needs it.
    ///
    /// A timer that fires too early is left alone: message after message moves the moment further away.
    private func arm() {
        guard let wake = session.wake else { return }
        if let wakesAt, wakesAt <= wake { return }
        wakesAt = wake
        // An hour from now it looks again: this keeps the number small.
        let delay = min(max(.zero, SuspendingClock.now.duration(to: wake)), .seconds(3600))
        timer.schedule(deadline: .now() + .nanoseconds(Int(delay / .nanoseconds(1))))
    }
}

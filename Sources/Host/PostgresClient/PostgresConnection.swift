internal import Dispatch
internal import GatewayCore

/// One connection, opened when it is first needed and again after it broke; carries out one statement at a time.
///
/// A class on a serial queue and not an actor: readiness of the socket, the timer and the answers of blocking calls
/// come as callbacks on that queue and act on libpq's state at once, without a task for each.
///
/// `@unchecked Sendable` because every stored variable is touched only in blocks of `queue`.
final class PostgresConnection: @unchecked Sendable {
    /// How many prepared statements a connection keeps.
    private static let preparedStatements = 64

    let queue: DispatchQueue
    let settings: PostgresConnectionSettings
    var link: PostgresLink?
    var prepared = PreparedStatements(capacity: preparedStatements)
    var run: PostgresRun?
    /// Commands to be sent once after connecting.
    var setup: [String] = []
    private var reading: (any DispatchSourceRead)?
    private var writing: (any DispatchSourceWrite)?
    private let timer: any DispatchSourceTimer
    private var wakesAt: SuspendingClock.Instant?
    private var isClosed = false
    private var tickets: UInt64 = 0

    init(_ settings: PostgresConnectionSettings, label: String) {
        self.settings = settings
        queue = DispatchQueue(label: label)
        timer = DispatchSource.makeTimerSource(queue: queue)
        timer.setEventHandler { [weak self] in self?.tick() }
        timer.activate()
    }

    deinit {
        timer.cancel()
        reading?.cancel()
        writing?.cancel()
    }

    /// Carries out one statement; none may be under way.
    ///
    /// `whenFree` is called once, on the queue, when the next statement may come: perhaps later than this function
    /// returns.
    func run<Consumer: PostgresRowConsumer>(
        _ statement: PostgresStatement,
        by deadline: Deadline,
        into consumer: Consumer,
        whenFree: @escaping @Sendable () -> Void
    ) async throws(PostgresError) -> Consumer {
        let execution = Execution(statement, by: deadline, into: consumer)
        let answer = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                execution.answer(continuation)
                queue.async { self.begin(execution, whenFree) }
            }
        } onCancel: {
            execution.cancel()
            queue.async { self.cancelled(execution) }
        }
        return try answer.get()
    }

    /// Closes the connection, after the statement under way.
    func close() async {
        await withCheckedContinuation { continuation in
            queue.async {
                self.isClosed = true
                if self.run == nil { self.drop() }
                continuation.resume()
            }
        }
    }

    // MARK: - Beginning and end of a statement

    private func begin(_ execution: any Executing, _ whenFree: @escaping @Sendable () -> Void) {
        tickets += 1
        let run = PostgresRun(ticket: tickets, execution: execution, whenFree: whenFree)
        self.run = run
        if isClosed {
            give(up: run, because: PostgresError(.closed, detail: "the connection is closed"))
        } else if execution.isCancelled {
            give(up: run, because: PostgresError(.cancelled))
        } else if execution.deadline.hasPassed {
            give(up: run, because: PostgresError(.timeout))
        } else if let link, !link.isBroken {
            send(run, over: link)
        } else {
            open(for: run)
        }
        arm()
    }

    /// Ends a statement of which nothing was sent.
    func give(up run: PostgresRun, because error: PostgresError) {
        free()
        run.execution.fail(error)
    }

    /// Makes room for the next statement.
    func free() {
        guard let run else { return }
        self.run = nil
        if isClosed { drop() }
        run.whenFree()
    }

    // MARK: - The connection itself

    private func open(for run: PostgresRun) {
        drop()
        if let refusal = settings.backOff.refusal(at: .now) { return give(up: run, because: refusal) }
        settings.connecting.run { [settings, queue] in
            let outcome = Result { () throws(PostgresError) in try PostgresLink.open(settings.parameters) }
            queue.async { self.opened(outcome) }
        }
    }

    private func opened(_ outcome: Result<PostgresLink, PostgresError>) {
        switch outcome {
        case .success(let link):
            settings.backOff.succeeded()
            adopt(link)
            guard let run else { return }
            guard !run.execution.isSettled, !isClosed else {
                return give(up: run, because: PostgresError(.closed, detail: "the connection is closed"))
            }
            send(run, over: link)
            arm()
        case .failure(let error):
            settings.backOff.failed(error, at: .now)
            if let run { give(up: run, because: error) }
        }
    }

    private func adopt(_ link: PostgresLink) {
        self.link = link
        prepared = PreparedStatements(capacity: Self.preparedStatements)
        setup = []
        // A statement of a second is slower when the server first compiles it for some seconds.
        if link.serverVersion >= 110_000 { setup.append("SET jit = off") }
        // From 14 on the server looks whether its client is still there while a statement runs.
        if link.serverVersion >= 140_000 { setup.append("SET client_connection_check_interval = '1s'") }
        let source = DispatchSource.makeReadSource(fileDescriptor: link.descriptor, queue: queue)
        source.setEventHandler { [weak self] in self?.readable() }
        // Keeps the socket open until the source has let go of it.
        source.setCancelHandler { _ = link }
        source.activate()
        reading = source
    }

    /// Closes what is open; the next statement connects anew.
    func drop() {
        reading?.cancel()
        writing?.cancel()
        reading = nil
        writing = nil
        link = nil
    }

    /// Ends the statement under way with its connection.
    func lose(_ error: PostgresError) {
        let run = run
        drop()
        free()
        run?.execution.fail(run?.failure ?? error)
    }

    // MARK: - What comes from the socket

    private func readable() {
        guard let link else { return }
        run?.pendingBytes += link.readableBytes
        guard link.consumeInput() else { return end(of: link) }
        flush(link)
        if let run, !run.script.isEmpty {
            advance()
        } else {
            // Notices and notifications nobody listens to.
            _ = link.isBusy
            link.dropNotifications()
            if link.isBroken { drop() }
        }
        readToEnd(of: link)
    }

    /// Reads on when the server has hung up: the dispatch source tells so once, even when there was more to read.
    private func readToEnd(of link: PostgresLink) {
        guard self.link === link, link.isHungUp else { return }
        queue.async {
            if self.link === link { self.readable() }
        }
    }

    /// The server is gone; what it said last tells why.
    private func end(of link: PostgresLink) {
        guard link.isBroken, let run else { return lose(PostgresError(.connectionLost, detail: link.message)) }
        let message = link.message
        // No socket is left to wait for: nothing of this blocks.
        for _ in 0..<16 {
            guard let result = link.nextResult() else { continue }
            if result.status == .failed, run.failure == nil {
                let error = result.error
                if error.kind == .refused { run.failure = error }
            }
        }
        lose(PostgresError(.connectionLost, detail: message))
    }

    /// Sends what is waiting to be sent, and goes on when the socket takes more.
    func flush(_ link: PostgresLink) {
        switch link.flush() {
        case .done:
            writing?.cancel()
            writing = nil
        case .unfinished where writing == nil:
            let source = DispatchSource.makeWriteSource(fileDescriptor: link.descriptor, queue: queue)
            source.setEventHandler { [weak self] in self?.readable() }
            source.setCancelHandler { _ = link }
            source.activate()
            writing = source
        case .unfinished:
            break
        case .failed:
            // Reading tells why, and the server may have answered before.
            break
        }
    }

    // MARK: - Time

    /// Makes sure the timer fires when the statement under way next needs it.
    ///
    /// A timer that fires too early is left alone: statement after statement moves the moment further away.
    func arm() {
        guard let wake = run?.wake else { return }
        if let wakesAt, wakesAt <= wake { return }
        wakesAt = wake
        // An hour from now it looks again: this keeps the number small.
        let delay = min(max(.zero, SuspendingClock.now.duration(to: wake)), .seconds(3600))
        timer.schedule(deadline: .now() + .nanoseconds(Int(delay / .nanoseconds(1))))
    }

    private func tick() {
        wakesAt = nil
        lookAtClock()
        arm()
    }
}

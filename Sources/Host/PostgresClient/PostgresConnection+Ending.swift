internal import Dispatch
internal import GatewayCore

/// How a statement ends before its time.
extension PostgresConnection {
    /// How long the server's own time-out has to end the statement before it is asked to.
    private static let timeoutGrace: Duration = .milliseconds(100)
    /// How long unwanted rows may take to come, and how many bytes of them: asking costs the server a process.
    static let remainderGrace: Duration = .milliseconds(5)
    static let remainderBytes = 256 << 10
    /// How many bytes of unwanted rows are read before a new connection is cheaper than the rest of them.
    static let endureBytes = 4 << 20
    /// What a row costs beside its values, in bytes, roughly.
    static let rowOverhead = 64

    /// The task that waits for a statement was cancelled.
    func cancelled(_ execution: any Executing) {
        guard let run, run.execution === execution, !execution.isSettled else { return }
        end(run, after: .zero, failing: PostgresError(.cancelled))
    }

    /// Answers the caller, and ends what runs on the server unless it ends by itself in the time given.
    func end(_ run: PostgresRun, after grace: Duration, failing error: PostgresError? = nil) {
        if let error {
            run.execution.fail(error)
        } else {
            run.execution.succeed()
        }
        run.wantsRows = false
        run.cancelAt = SuspendingClock.now.advanced(by: grace)
        lookAtClock()
        arm()
    }

    /// Does what is due.
    func lookAtClock() {
        guard let run else { return }
        let now = SuspendingClock.now
        if !run.execution.isSettled {
            guard run.execution.deadline.instant <= now else { return }
            return end(run, after: Self.timeoutGrace, failing: PostgresError(.timeout))
        }
        // While connecting there is nothing to end: the connection is kept for the next statement.
        guard let link, !run.script.isEmpty else { return }
        if let dropAt = run.dropAt {
            guard dropAt <= now else { return }
            drop()
            free()
        } else if let cancelAt = run.cancelAt, cancelAt <= now {
            run.dropAt = now.advanced(by: settings.patience)
            askToEnd(run, over: link)
        }
    }

    private func askToEnd(_ run: PostgresRun, over link: PostgresLink) {
        run.isCancelling = true
        let ticket = run.ticket
        settings.cancelling.run { [queue] in
            link.cancel()
            queue.async { self.askedToEnd(ticket) }
        }
    }

    private func askedToEnd(_ ticket: UInt64) {
        guard let run, run.ticket == ticket else { return }
        run.isCancelling = false
        if run.isComplete { free() }
    }
}

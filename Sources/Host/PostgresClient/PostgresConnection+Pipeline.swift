internal import GatewayCore

/// What goes to the server for a statement and what comes back.
///
/// Everything is sent at once and answered in one round trip: `BEGIN`, the time-out, the statement (with its
/// preparation the first time), `ROLLBACK` or `COMMIT`. After an error the server skips the rest, and the transaction
/// is ended in a second one.
extension PostgresConnection {
    func send(_ run: PostgresRun, over link: PostgresLink) {
        let statement = run.execution.statement
        let known = statement.mayRecur ? prepared.find(statement.text) : nil
        run.wasPrepared = known != nil
        if let expected = known?.parameterCount, expected != statement.parameters.count {
            return give(up: run, because: PostgresError(.parameterCount(expected: expected)))
        }
        if known == nil, statement.mayRecur { prepared.makeRoom() }
        // The server forgets a statement without a name by itself.
        run.name = known?.name ?? (statement.mayRecur ? prepared.newName() : "")
        var script: [PipelineStep] = []
        var isSent = true
        func add(_ step: PipelineStep, _ send: () -> Bool) {
            isSent = isSent && send()
            script.append(step)
        }
        for command in setup + prepared.takeAbandoned().map({ "DEALLOCATE \($0)" }) {
            add(.housekeeping) { link.send(command) }
            add(.synchronize) { link.synchronize() }
        }
        setup = []
        add(.begin) { link.send(statement.access == .readOnly ? "BEGIN READ ONLY" : "BEGIN READ WRITE") }
        add(.timeout) { link.send("SET LOCAL statement_timeout = \(Self.timeout(run.execution.deadline))") }
        if known == nil {
            add(.prepare) { link.prepare(statement.sentText, as: run.name) }
            if Self.isDescribed(statement) { add(.describe) { link.describe(run.name) } }
        }
        add(.execute) { link.execute(run.name, statement.parameters) }
        add(.end) { link.send(statement.access == .readOnly ? "ROLLBACK" : "COMMIT") }
        add(.synchronize) { link.synchronize() }
        run.script = script
        guard isSent else { return lose(PostgresError(.connectionLost, detail: link.message)) }
        flush(link)
    }

    /// Whether the server is asked how many parameters a statement has.
    ///
    /// libpq takes an answer of more than 30 000 bytes, four for each parameter, for a broken connection. Every
    /// parameter stands in the text, so a text this short has fewer than 7 500.
    private static func isDescribed(_ statement: PostgresStatement) -> Bool {
        statement.text.utf8.count <= 36_000
    }

    /// The server's own limit in milliseconds: never 0, which means none.
    private static func timeout(_ deadline: Deadline) -> Int {
        min(deadline.remainingMilliseconds + 1, Int(Int32.max))
    }

    /// Takes the results that have come.
    func advance() {
        while let run, let link, let step = run.step {
            if step == .execute, !run.asksForSingleRows {
                run.asksForSingleRows = true
                link.wantSingleRows()
            }
            guard !link.isBusy else { return checkSize(of: run) }
            guard let result = link.nextResult() else {
                guard step != .synchronize else { return }
                run.position += 1
                continue
            }
            run.pendingBytes = 0
            take(result, of: step, for: run, from: link)
        }
        if let run, let link, run.step == nil, !run.script.isEmpty, !run.isComplete { complete(run, link) }
    }

    /// A row on its way is in libpq's buffer as far as it has come.
    private func checkSize(of run: PostgresRun) {
        guard run.pendingBytes > run.execution.statement.maximumRowBytes + (64 << 10) else { return }
        run.failure = run.failure ?? PostgresError(.rowTooLarge)
        lose(PostgresError(.rowTooLarge))
    }

    private func take(
        _ result: consuming PostgresResult,
        of step: PipelineStep,
        for run: PostgresRun,
        from link: PostgresLink
    ) {
        switch result.status {
        case .row:
            takeRow(result, for: run)
        case .endOfRows:
            if step == .execute { begin(run, result.columns) }
        case .done:
            if step == .execute { begin(run, []) }
            if step == .describe { run.parameterCount = result.parameterCount }
            keepPrepared(after: step, run)
        case .empty:
            run.failure = run.failure ?? PostgresError(.emptyStatement)
        case .synchronized:
            run.position += 1
        case .skipped:
            break
        case .copying:
            run.failure = run.failure ?? PostgresError(.unsupported, detail: "COPY is not supported")
            lose(PostgresError(.unsupported))
        case .failed:
            takeError(result.error, of: step, for: run, from: link)
        }
    }

    private func keepPrepared(after step: PipelineStep, _ run: PostgresRun) {
        let statement = run.execution.statement
        guard statement.mayRecur, step == .describe || step == .prepare && !Self.isDescribed(statement) else { return }
        prepared.keep(
            statement.text,
            as: PreparedStatements.Entry(name: run.name, parameterCount: run.parameterCount)
        )
    }

    private func begin(_ run: PostgresRun, _ columns: [PostgresColumn]) {
        guard !run.hasBegun, !run.execution.isSettled else { return }
        run.hasBegun = true
        run.execution.begin(columns)
    }

    private func takeRow(_ row: borrowing PostgresResult, for run: PostgresRun) {
        let bytes = row.byteCount
        guard run.wantsRows else { return skip(bytes, for: run) }
        guard bytes <= run.execution.statement.maximumRowBytes else {
            return end(run, after: .zero, failing: PostgresError(.rowTooLarge))
        }
        if !run.hasBegun { begin(run, row.columns) }
        guard run.execution.consume(row) == .enough else { return }
        run.wantsRows = false
        // What writes is carried through, or it would be undone.
        if run.execution.statement.access == .readOnly { end(run, after: Self.remainderGrace) }
    }

    /// Counts a row nobody wants; too many of them end the statement, or the connection when it is late in ending.
    private func skip(_ bytes: Int, for run: PostgresRun) {
        run.unwantedBytes += bytes + Self.rowOverhead
        guard let cancelAt = run.cancelAt, run.unwantedBytes > Self.remainderBytes else { return }
        if run.dropAt == nil {
            run.cancelAt = min(cancelAt, .now)
        } else if run.unwantedBytes > Self.endureBytes {
            run.dropAt = .now
        } else {
            return
        }
        lookAtClock()
        arm()
    }

    private func takeError(
        _ error: PostgresError,
        of step: PipelineStep,
        for run: PostgresRun,
        from link: PostgresLink
    ) {
        guard error.kind == .refused, !link.isBroken else {
            if error.kind == .refused { run.failure = run.failure ?? error }
            return lose(error)
        }
        guard step != .housekeeping, run.failure == nil else { return }
        let given = run.execution.statement.parameters.count
        if step == .execute, error.sqlState == "08P01", let expected = run.parameterCount, expected != given {
            run.failure = PostgresError(.parameterCount(expected: expected))
        } else {
            run.failure = error
        }
    }

    /// All results have come.
    private func complete(_ run: PostgresRun, _ link: PostgresLink) {
        if link.isInTransaction, !run.isRollingBack { return rollBack(run, link) }
        guard link.isIdle else { return lose(PostgresError(.connectionLost, detail: "the transaction did not end")) }
        if run.canStartOver {
            prepared.forget(run.execution.statement.text)
            run.startOver()
            return send(run, over: link)
        }
        // A statement that commits may have changed how values are written.
        if !link.isSessionUnchanged { drop() }
        run.isComplete = true
        // Free first: the caller's next statement shall find this connection.
        if !run.isCancelling || self.link == nil { free() }
        if let failure = run.failure {
            run.execution.fail(failure)
        } else {
            run.execution.succeed()
        }
    }

    private func rollBack(_ run: PostgresRun, _ link: PostgresLink) {
        run.isRollingBack = true
        guard link.send("ROLLBACK"), link.synchronize() else {
            return lose(PostgresError(.connectionLost, detail: link.message))
        }
        run.script += [.end, .synchronize]
        flush(link)
    }
}

internal import CPostgreSQL
internal import Glibc

/// Statements whose answers the thread waits for.
extension PostgresLink {
    /// Sends statements together and waits for what comes of each; after one that fails the server skips the rest.
    ///
    /// Blocks, at most until `end`; after a `.timeout` or `.connectionLost` the connection is of no more use.
    func exchange(
        _ statements: [(text: String, parameters: [String?])],
        until end: SuspendingClock.Instant
    ) throws(PostgresError) -> [PostgresAnswer] {
        for statement in statements {
            guard send(statement.text, statement.parameters) else { throw lost }
        }
        guard synchronize() else { throw lost }
        var answers: [PostgresAnswer] = []
        var failure: PostgresError?
        for _ in statements {
            var answer = PostgresAnswer()
            while let result = try next(until: end) {
                if result.status == .failed { failure = failure ?? result.error }
                answer.take(result)
            }
            answers.append(answer)
        }
        while try next(until: end)?.status != .synchronized {
            guard !isBroken else { throw lost }
        }
        if let failure { throw failure }
        return answers
    }

    /// The next result; nil at the end of a statement's results.
    private func next(until end: SuspendingClock.Instant) throws(PostgresError) -> PostgresResult? {
        while true {
            let isSent = flush() != .unfinished
            guard isBusy else { return nextResult() }
            let events = isSent ? POLLIN : POLLIN | POLLOUT
            guard Self.wait(for: Int16(events), on: descriptor, until: end) else {
                throw PostgresError(.timeout, detail: "the server did not answer in time")
            }
            guard consumeInput() else { throw lost }
        }
    }

    private var lost: PostgresError { PostgresError(.connectionLost, detail: message) }
}

extension PostgresAnswer {
    fileprivate mutating func take(_ result: borrowing PostgresResult) {
        switch result.status {
        case .endOfRows:
            columns = result.columns
            rows = (0..<result.rowCount).map { row in columns.indices.map { result.text($0, row: row) } }
            affectedRows = result.affectedRows
        case .done: affectedRows = result.affectedRows
        case .row, .empty, .synchronized, .skipped, .copying, .failed: break
        }
    }
}

internal import Dispatch
internal import GatewayCore

/// A connection with a thread of its own, for transactions whose statements follow from each other.
///
/// The thread is that of a serial queue, which no task of the cooperative pool waits for: on it a transaction's function
/// waits for the server as it would for a file.
///
/// `@unchecked Sendable` because every stored variable is touched only in blocks of `queue`.
final class PostgresSession: @unchecked Sendable {
    /// How long a transaction may take to be undone.
    private static let rollbackTime: Duration = .seconds(1)

    private let parameters: PostgresParameters
    private let backOff: ConnectBackOff
    private let setup: [String]
    private let queue: DispatchQueue
    private var link: PostgresLink?
    private var isClosed = false

    /// A session, not connected yet.
    ///
    /// The commands of `setup` are sent once after connecting.
    init(_ parameters: PostgresParameters, backOff: ConnectBackOff, setup: [String], label: String) {
        self.parameters = parameters
        self.backOff = backOff
        self.setup = setup
        queue = DispatchQueue(label: label)
    }

    /// Carries out a transaction, which is committed when the function returns and undone when it throws.
    ///
    /// - Parameters:
    ///   - opening: `BEGIN` and what else has to come before the function.
    ///   - deadline: When nobody waits any longer.
    ///   - body: Runs on the session's thread, once.
    /// - Returns: What the function returns.
    /// - Throws: What the function throws, or a `PostgresError`. After `.timeout` and `.connectionLost` the transaction
    ///   may have been committed.
    func transaction<Value: Sendable>(
        _ opening: [String],
        by deadline: Deadline,
        _ body: @escaping @Sendable (PostgresTransaction) throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            queue.async {
                continuation.resume(with: Result { try self.carryOut(opening, deadline, body) })
            }
        }
    }

    /// Closes the connection, after the transaction under way.
    func close() {
        queue.async {
            self.isClosed = true
            self.link = nil
        }
    }

    private func carryOut<Value>(
        _ opening: [String],
        _ deadline: Deadline,
        _ body: (PostgresTransaction) throws -> Value
    ) throws -> Value {
        let link = try begin(opening, by: deadline)
        let transaction = PostgresTransaction(link, by: deadline)
        do {
            let value = try body(transaction)
            if let failure = transaction.failure { throw failure }
            _ = try transaction.run("COMMIT")
            guard link.isIdle else { throw PostgresError(.connectionLost, detail: "the transaction did not end") }
            return value
        } catch {
            undo(link)
            throw error
        }
    }

    /// Begins a transaction; once more on a new connection when the old one turns out to be gone.
    private func begin(_ opening: [String], by deadline: Deadline) throws(PostgresError) -> PostgresLink {
        guard !isClosed else { throw PostgresError(.closed, detail: "the session is closed") }
        guard !deadline.hasPassed else { throw PostgresError(.timeout) }
        let statements = ["SET LOCAL statement_timeout = \(max(1, deadline.remainingMilliseconds))"]
        let commands = opening.prefix(1) + statements + opening.dropFirst()
        if let link {
            do throws(PostgresError) {
                try send(Array(commands), over: link, by: deadline)
                return link
            } catch {
                guard link.isBroken else {
                    undo(link)
                    throw error
                }
                self.link = nil
            }
        }
        let link = try open()
        self.link = link
        do throws(PostgresError) {
            try send(setup + commands, over: link, by: deadline)
        } catch {
            undo(link)
            throw error
        }
        return link
    }

    private func send(_ commands: [String], over link: PostgresLink, by deadline: Deadline) throws(PostgresError) {
        let statements: [(text: String, parameters: [String?])] = commands.map { ($0, []) }
        _ = try link.exchange(statements, until: PostgresTransaction.end(deadline))
    }

    private func open() throws(PostgresError) -> PostgresLink {
        if let refusal = backOff.refusal(at: .now) { throw refusal }
        do throws(PostgresError) {
            let link = try PostgresLink.open(parameters)
            backOff.succeeded()
            return link
        } catch {
            backOff.failed(error, at: .now)
            throw error
        }
    }

    /// Undoes what is open, or gives the connection up.
    private func undo(_ link: PostgresLink) {
        guard !link.isIdle else { return }
        let end = SuspendingClock.now.advanced(by: Self.rollbackTime)
        // While a statement still runs nothing can be sent: without its client the server ends it.
        guard link.isInTransaction, (try? link.exchange([("ROLLBACK", [])], until: end)) != nil, link.isIdle else {
            self.link = nil
            return
        }
    }
}

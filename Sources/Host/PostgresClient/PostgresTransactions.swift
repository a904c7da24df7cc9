package import GatewayCore

/// Transactions of several statements on one database: those that write one after the other, those that read beside them.
///
/// All programs with the same lock on one database write one after the other, so that a transaction sees all that the
/// one before has done: what SQLite does for one file.
package final class PostgresTransactions: Sendable {
    /// What a transaction may do.
    package enum Access: Hashable, Sendable {
        /// Reads one state of the database, however many statements it has.
        case reading
        /// Waits until no other one writes.
        case writing
    }

    private let sessions: [PostgresSession]
    private let writer: LendingPool<PostgresSession>
    private let readers: LendingPool<PostgresSession>
    private let lock: Int64

    /// Nothing is connected yet.
    /// - Parameters:
    ///   - parameters: Where the server is.
    ///   - label: A name for threads.
    ///   - lock: The number of the advisory lock that writing transactions take.
    ///   - connections: How many there are at most; at least 2, one of which writes.
    ///   - waiting: How many transactions may wait for a connection; one more is `.busy`.
    ///   - idleTime: How long a transaction may wait for this program, for one that stands still must not stop others.
    ///   - firstBackOff: How long nobody connects after a failure; doubled with each one that follows.
    ///   - longestBackOff: The most that becomes.
    package init(
        _ parameters: PostgresParameters,
        label: String,
        lock: Int64,
        connections: Int = 4,
        waiting: Int = 64,
        idleTime: Duration = .seconds(5),
        firstBackOff: Duration = .milliseconds(100),
        longestBackOff: Duration = .seconds(1)
    ) {
        let backOff = ConnectBackOff(first: firstBackOff, longest: longestBackOff)
        let setup = ["SET idle_in_transaction_session_timeout = \(max(1, Int(idleTime / .milliseconds(1))))"]
        sessions = (1...max(2, connections)).map { number in
            PostgresSession(
                parameters,
                backOff: backOff,
                setup: setup,
                label: "PostgresClient.\(label).transactions.\(number)"
            )
        }
        writer = LendingPool(Array(sessions.prefix(1)), waiting: waiting)
        readers = LendingPool(sessions.dropFirst().reversed(), waiting: waiting)
        self.lock = lock
    }

    /// Carries out a transaction: committed when the function returns, undone when it throws.
    ///
    /// The function runs on a thread of its own, once. A cancelled task ends while it waits for a connection; after
    /// that the transaction comes to its end, by the deadline.
    /// - Throws: What the function throws, or a `PostgresError`.
    package func run<Value: Sendable>(
        _ access: Access,
        by deadline: Deadline,
        _ body: @escaping @Sendable (PostgresTransaction) throws -> Value
    ) async throws -> Value {
        let (pool, opening) = access == .reading ? (readers, Self.reading) : (writer, writing)
        let session: PostgresSession
        do {
            session = try await pool.acquire(by: deadline)
        } catch {
            throw PostgresError(waiting: error)
        }
        defer { pool.release(session) }
        return try await session.transaction(opening, by: deadline, body)
    }

    /// Refuses what waits and what comes later; connections close as their transactions end.
    package func close() {
        writer.close()
        readers.close()
        for session in sessions { session.close() }
    }

    private static let reading = ["BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"]

    private var writing: [String] {
        ["BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE", "SELECT pg_advisory_xact_lock(\(lock))"]
    }
}

internal import GatewayCore
internal import Synchronization

/// One statement, who waits for it, and what makes a value of its rows.
///
/// `@unchecked Sendable` because `consumer` is touched only on the queue of the connection that runs the statement.
final class Execution<Consumer: PostgresRowConsumer>: Executing, @unchecked Sendable {
    typealias Answer = Result<Consumer, PostgresError>

    let statement: PostgresStatement
    let deadline: Deadline
    private var consumer: Consumer
    private let caller = Mutex<CheckedContinuation<Answer, Never>?>(nil)
    private let wasCancelled = Atomic(false)

    init(
        _ statement: PostgresStatement,
        by deadline: Deadline,
        into consumer: Consumer
    ) {
        self.statement = statement
        self.deadline = deadline
        self.consumer = consumer
    }

    var isCancelled: Bool { wasCancelled.load(ordering: .relaxed) }
    var isSettled: Bool { caller.withLock { $0 == nil } }

    /// Says who is to be answered; before anything else.
    func answer(_ caller: CheckedContinuation<Answer, Never>) {
        self.caller.withLock { $0 = caller }
    }

    /// Says that the task was cancelled; from any thread.
    func cancel() {
        wasCancelled.store(true, ordering: .relaxed)
    }

    func begin(_ columns: [PostgresColumn]) {
        consumer.begin(columns)
    }

    func consume(_ row: borrowing PostgresResult) -> PostgresDemand {
        consumer.consume(row)
    }

    func succeed() {
        settle(.success(consumer))
    }

    func fail(_ error: PostgresError) {
        settle(.failure(error))
    }

    private func settle(_ answer: Answer) {
        let waiting = caller.withLock { caller in
            defer { caller = nil }
            return caller
        }
        waiting?.resume(returning: answer)
    }
}

internal import GatewayCore

/// A statement somebody waits for, whatever becomes of its rows.
protocol Executing: AnyObject, Sendable {
    var statement: PostgresStatement { get }
    var deadline: Deadline { get }
    /// Whether the task was cancelled; nobody need have been told yet.
    var isCancelled: Bool { get }
    /// Whether the caller has been answered.
    var isSettled: Bool { get }

    func begin(_ columns: [PostgresColumn])
    func consume(_ row: borrowing PostgresResult) -> PostgresDemand

    /// Answers the caller with what was made of the rows; does nothing when that has been done.
    func succeed()
    /// Answers the caller with an error; does nothing when that has been done.
    func fail(_ error: PostgresError)
}

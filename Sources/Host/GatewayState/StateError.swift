import GRDB
import PostgresClient

/// Why the gateway's own state cannot be read or written; for the operator alone.
package enum StateError: Error, Hashable, Sendable {
    /// The file cannot be opened, or is none of ours.
    case cannotOpen(path: String, detail: String)
    /// The database does not answer, or not in time; it may later.
    case unreachable(detail: String)
    /// A statement failed.
    case failed(detail: String)
    /// A sealed column does not open: it was written with another key.
    case sealedWithAnotherKey

    /// What an engine's error means.
    init(_ error: any Error) {
        switch error {
        case let error as StateError: self = error
        // The result code alone: a message may hold what was written.
        case let error as DatabaseError: self = .failed(detail: "SQLite: \(error.extendedResultCode)")
        case let error as PostgresError: self.init(error)
        case is CancellationError: self = .failed(detail: "cancelled")
        default: self = .failed(detail: "the statement did not run")
        }
    }

    private init(_ error: PostgresError) {
        switch error.kind {
        case .cancelled: self = .failed(detail: "cancelled")
        case .timeout: self = .unreachable(detail: "PostgreSQL did not answer in time")
        case .connectionFailed, .connectionLost, .backingOff, .busy, .closed:
            self = .unreachable(detail: "PostgreSQL: \(error.detail)")
        case .refused:
            let state = error.sqlState ?? ""
            let detail = "PostgreSQL: SQLSTATE \(state)"
            // The connection, resources, the operator, the system; a statement's time is over; a server that only reads.
            let isPassing = ["08", "53", "57", "58"].contains(state.prefix(2)) || state == "25006" || state == "25P03"
            self = isPassing ? .unreachable(detail: detail) : .failed(detail: detail)
        case .rowTooLarge, .parameterCount, .emptyStatement, .unsupported:
            self = .failed(detail: "PostgreSQL: \(error.kind)")
        }
    }
}

/// Why a statement was not answered.
///
/// All of it is for the operator: `detail` may name hosts, tables and statements, never a password.
package struct PostgresError: Error, Hashable, Sendable {
    /// What went wrong, as far as it decides what to do.
    package enum Kind: Hashable, Sendable {
        /// No connection could be made.
        case connectionFailed
        /// The connection broke, or the server ended it.
        case connectionLost
        /// Connecting failed a moment ago; the next attempt is not due before this time has passed.
        case backingOff(retryAfter: Duration)
        /// Too many statements wait for a connection already.
        case busy
        /// `close` was called.
        case closed
        /// The server answered with an error; `sqlState` says which.
        case refused
        /// The deadline passed.
        case timeout
        /// The task was cancelled.
        case cancelled
        /// One row is longer than the statement's limit.
        case rowTooLarge
        /// The statement has another number of parameters than values were given.
        case parameterCount(expected: Int)
        /// The statement is empty or a comment.
        case emptyStatement
        /// The statement does what this client does not speak (`COPY`).
        case unsupported
    }

    package let kind: Kind
    /// The five characters of appendix A of the PostgreSQL manual; nil when the error is not the server's.
    package let sqlState: String?
    /// The server's or libpq's own words, in one line.
    package let detail: String

    package init(_ kind: Kind, sqlState: String? = nil, detail: String = "") {
        self.kind = kind
        self.sqlState = sqlState
        self.detail = detail
    }
}

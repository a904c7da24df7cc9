package import GatewayCore

/// One statement and what it may do.
package struct PostgresStatement: Hashable, Sendable {
    /// The kind of transaction the statement runs in, alone.
    package enum Access: Hashable, Sendable {
        /// `BEGIN READ ONLY`, and `ROLLBACK` whatever comes: what the statement set in the session is undone too.
        case readOnly
        /// `BEGIN READ WRITE`, and `COMMIT` unless the statement fails.
        case readWrite
    }

    /// Without NUL characters, like the parameters.
    package let text: String
    /// The values of `$1 … $n` as text, whose types the server infers.
    package let parameters: [String?]
    package let access: Access
    /// A longer row ends the statement with `.rowTooLarge`, as a rule before all of it has come.
    ///
    /// libpq reads what the socket holds in one go, so memory may rise above this for a moment.
    package let maximumRowBytes: Int
    /// Where the statement belongs in a caller's trace; nil when nowhere.
    package let trace: TraceContext?

    package init(
        _ text: String,
        parameters: [String?] = [],
        access: Access = .readOnly,
        maximumRowBytes: Int = 32 << 20,
        trace: TraceContext? = nil
    ) {
        self.text = text
        self.parameters = parameters
        self.access = access
        self.maximumRowBytes = maximumRowBytes
        self.trace = trace
    }

    /// What the server reads: the text, and after it the comment of a trace that is recorded.
    ///
    /// On a line of its own, as the text may end in a comment up to the end of the line.
    var sentText: String { trace?.statementComment.map { "\(text)\n\($0)" } ?? text }

    /// Whether the same text may come again, so that it pays to keep it prepared.
    var mayRecur: Bool { trace?.statementComment == nil }
}

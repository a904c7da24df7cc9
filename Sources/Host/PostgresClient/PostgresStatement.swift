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

    package init(
        _ text: String,
        parameters: [String?] = [],
        access: Access = .readOnly,
        maximumRowBytes: Int = 32 << 20
    ) {
        self.text = text
        self.parameters = parameters
        self.access = access
        self.maximumRowBytes = maximumRowBytes
    }
}

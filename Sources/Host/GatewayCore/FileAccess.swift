/// One file of a file source, which the site names; of a file that each user has, whose.
package struct SourceFileRequest: Sendable {
    /// The caller's name as its issuer says it, never as a plugin does; nil when there is no caller or it has none.
    package let user: String?
    /// A longer file is an error.
    package let maximumBytes: Int
    package let deadline: Deadline
    /// Whose plugin asks, so that a source serves several in turn; empty for the gateway itself.
    package let namespace: String

    package init(user: String?, maximumBytes: Int, deadline: Deadline, namespace: String = "") {
        self.user = user
        self.maximumBytes = maximumBytes
        self.deadline = deadline
        self.namespace = namespace
    }
}

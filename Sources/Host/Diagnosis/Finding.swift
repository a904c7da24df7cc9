/// One thing that was looked at, how it is, and what to do about it.
package struct Finding: Hashable, Sendable {
    package enum State: String, Hashable, Sendable {
        case ok
        /// It works, and will not always or not for everybody.
        case warning
        case broken
        /// It could not be asked.
        case unreachable
    }

    /// Such as `issuer cern`.
    package let subject: String
    package let state: State
    /// One sentence; holds no secret.
    package let text: String
    /// What to do, in one sentence; nil when there is nothing to do.
    package let remedy: String?

    package init(_ subject: String, _ state: State, _ text: String, remedy: String? = nil) {
        self.subject = subject
        self.state = state
        self.text = text
        self.remedy = remedy
    }
}

internal import GatewayCore

/// A transaction under way, on the thread it belongs to.
package final class PostgresTransaction {
    /// How long after the deadline the server's own time-out may take to be heard of.
    private static let timeoutGrace: Duration = .milliseconds(250)

    private let link: PostgresLink
    private let deadline: Deadline
    /// Why it cannot be committed any more.
    private(set) var failure: PostgresError?

    init(_ link: PostgresLink, by deadline: Deadline) {
        self.link = link
        self.deadline = deadline
    }

    /// Runs one statement and waits for all that comes of it.
    ///
    /// After one that failed the others fail too, and the transaction is undone.
    package func run(_ text: String, _ parameters: [String?] = []) throws(PostgresError) -> PostgresAnswer {
        if let failure { throw failure }
        do {
            return try link.exchange([(text, parameters)], until: Self.end(deadline))[0]
        } catch {
            failure = error
            throw error
        }
    }

    /// When nobody waits any longer.
    static func end(_ deadline: Deadline) -> SuspendingClock.Instant {
        deadline.instant.advanced(by: timeoutGrace)
    }
}

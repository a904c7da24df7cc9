/// What became of a refresh token that was presented.
package enum RefreshOutcome: Hashable, Sendable {
    /// It was the newest of its grant; the successor given counts from now on.
    case rotated(grant: String)
    /// It was the newest but one and its successor was never used: the answer was lost, so here is the successor again.
    case repeated(grant: String, successor: String)
    /// It was replaced before: somebody has a copy, and the grant must end.
    case reused(grant: String)
    /// There is no such token of that client, or it has expired.
    case unknown
}

/// How a client speaks: with requests that stand alone, or within a session.
package enum Era: Hashable, Sendable {
    /// Each request carries its revision and the client's capabilities (2026-07-28 on).
    case modern
    /// `initialize` first, then a session (2025-03-26 to 2025-11-25).
    case session
}

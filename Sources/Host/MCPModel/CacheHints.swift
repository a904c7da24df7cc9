import JSON

/// How long a client may keep an answer, and for whom (2026-07-28 server/utilities/caching).
///
/// Never a matter of access.
package struct CacheHints: Hashable, Sendable {
    /// Who may be given a kept answer.
    package enum Scope: String, Hashable, Sendable {
        /// Anyone.
        case `public`
        /// Only the caller it was made for.
        case `private`
    }

    /// In milliseconds, not negative.
    package let timeToLive: Int
    package let scope: Scope

    package init(timeToLive: Int, scope: Scope) {
        self.timeToLive = max(0, timeToLive)
        self.scope = scope
    }

    func writeMembers(to writer: inout JSONWriter) {
        writer.name("ttlMs")
        writer.write(timeToLive)
        writer.name("cacheScope")
        writer.write(scope.rawValue)
    }
}

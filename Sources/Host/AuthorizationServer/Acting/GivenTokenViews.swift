/// A source for which somebody may give a token, or gave one; times are in seconds since 1970.
package struct AccountToken: Hashable, Sendable {
    /// The token that is there.
    package struct Present: Hashable, Sendable {
        /// Its last characters; empty where they would tell too much.
        package let tail: String
        package let givenAt: Int64
        package let expiresAt: Int64
    }

    /// The source's name in forms and paths.
    package let source: String
    /// What the service is called for people.
    package let label: String
    package let present: Present?
    /// Whether one can be given: not where the site asks for none any more.
    package let isWanted: Bool
}

/// What somebody reads before they give a token for a source.
package struct GiveTokenView: Hashable, Sendable {
    package let token: AccountToken
    /// Where a person gets one.
    package let help: String?
    /// What it begins with; empty for anything.
    package let prefix: String
    /// How long it is kept at most, in seconds.
    package let lifetime: Int64
    package let moment: Int64
    package let username: String
    /// Why the last one was not taken; nil when there was none.
    package let fault: String?
}

package import GatewayCore

/// What somebody sees who is logged in: their logins, and what they have allowed.
package struct AccountView: Hashable, Sendable {
    /// When it was looked at, in seconds since 1970.
    package let moment: Int64
    /// The login they are here by.
    package let here: NamedLogin
    package let logins: [AccountLogin]
    /// The logins that could be linked.
    package let linkable: [LoginChoice]
    /// The applications that may act for them, the one used last first.
    package let grants: [AccountGrant]
    /// How many there are beyond those.
    package let furtherGrants: Int
    /// The tokens they gave for sources, or may give.
    package let tokens: [AccountToken]
}

/// One login that is somebody's.
package struct AccountLogin: Hashable, Sendable {
    package enum State: Hashable, Sendable {
        /// Its groups count.
        case holds
        /// They do not until the person logs in there again.
        case isOver
        /// The site has no such login any more.
        case isGone
    }

    /// Its name in forms.
    package let handle: String
    /// The site's name for the provider; empty when it has none any more.
    package let provider: String
    package let label: String
    package let name: String
    /// What an administrator elsewhere has to know to let the person in.
    package let issuer: String
    package let subject: String
    package let roles: [String]
    package let state: State
    /// The groups there that give roles, and whom to ask; nil when the site has no such login any more.
    package let wayIn: WayIn?
    /// Whether the person is here by it.
    package let isCurrent: Bool
}

/// One application that may act for somebody; times are in seconds since 1970.
package struct AccountGrant: Hashable, Sendable {
    package let id: String
    package let clientName: String
    package let trust: ConsentView.Trust
    package let scopes: [RequestedScope]
    package let createdAt: Int64
    package let usedAt: Int64
    package let expiresAt: Int64
}

/// What somebody reads before another login becomes theirs.
package struct LinkView: Hashable, Sendable {
    package let ticket: String
    /// The login they are here by, and the other.
    package let here: NamedLogin
    package let other: NamedLogin
}

/// Whose login it is, for people.
package struct NamedLogin: Hashable, Sendable {
    package let label: String
    package let name: String
}

/// What somebody reads who has signed out.
package struct SignedOutView: Hashable, Sendable {
    /// Where they may still be logged in.
    package let label: String
    /// How many applications may still act for them.
    package let remaining: Int
}

/// Somebody who is logged in, for pages that show what they may do.
package struct Visitor: Hashable, Sendable {
    package let name: String
    /// The caller that an application with every scope would be.
    package let principal: Principal
    /// The site's names for the providers of their logins that hold.
    package let providers: [String]
}

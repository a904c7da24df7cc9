/// A further login of a caller, at another issuer: the same person has shown that both are theirs.
package struct LinkedLogin: Hashable, Sendable {
    /// The issuer's `iss`.
    package let issuer: String
    /// The issuer's stable name for the person (`sub`).
    package let subject: String
    /// A name for people, when the issuer gives one.
    package let username: String?
    /// What the person is by the groups of this issuer.
    package let roles: Set<String>
    /// When the person last logged in there, in seconds since 1970; absent when the issuer does not say.
    package let authenticatedAt: Int64?

    package init(issuer: String, subject: String, username: String?, roles: Set<String>, authenticatedAt: Int64?) {
        self.issuer = issuer
        self.subject = subject
        self.username = username
        self.roles = roles
        self.authenticatedAt = authenticatedAt
    }
}

extension Principal {
    /// The caller as the experiment of a namespace knows them: by the login from which their roles there come.
    ///
    /// Where several logins give roles of the namespace, the caller's own counts or else the first, and the login is as
    /// old as the oldest of them: nothing is allowed by a fresh login that an old one has to vouch for.
    package func facing(_ namespace: String) -> Principal {
        guard !linked.isEmpty else { return self }
        let prefix = namespace + "."
        func speaks(_ roles: Set<String>) -> Bool { roles.contains { $0.hasPrefix(prefix) } }
        let others = linked.filter { speaks($0.roles) }
        let hasOwn = speaks(ownRoles)
        guard let first = others.first else { return self }
        let times = (hasOwn ? [authenticatedAt] : []) + others.map(\.authenticatedAt)
        return Principal(
            issuer: hasOwn ? issuer : first.issuer,
            subject: hasOwn ? subject : first.subject,
            username: hasOwn ? username : first.username,
            roles: roles.filter { $0.hasPrefix(prefix) },
            scopes: scopes,
            client: client,
            authenticatedAt: times.contains(nil) ? nil : times.compactMap(\.self).min()
        )
    }

    /// The same for an item; the caller themselves where there is none.
    func facing(_ item: ItemReference?) -> Principal { item.map { facing($0.namespace) } ?? self }
}

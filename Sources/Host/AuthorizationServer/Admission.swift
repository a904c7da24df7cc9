/// A group at an issuer that gives a role here.
package struct Admission: Hashable, Sendable {
    package let group: String
    /// Under its namespace.
    package let role: String

    package init(group: String, role: String) {
        self.group = group
        self.role = role
    }
}

/// How somebody gets in by a login: the groups that count there, and whom they ask.
package struct WayIn: Hashable, Sendable {
    /// What the login is called.
    package let label: String
    /// In the order of the site's rules.
    package let admissions: [Admission]
    /// A name, an address or a URL; nil where the site does not say.
    package let contact: String?
}

extension LoginProvider {
    /// How somebody gets in here by this login.
    package var wayIn: WayIn { WayIn(label: label, admissions: admissions, contact: contact) }

    /// How somebody gets roles of one experiment by this login; nil where no group gives any.
    package func wayIn(to namespace: String) -> WayIn? {
        wayIn { $0.hasPrefix(namespace + ".") }
    }

    /// How somebody gets one of some roles by this login; nil where no group gives any.
    package func wayIn(giving roles: Set<String>) -> WayIn? {
        wayIn { roles.contains($0) }
    }

    private func wayIn(_ isWanted: (String) -> Bool) -> WayIn? {
        let admissions = admissions.filter { isWanted($0.role) }
        return admissions.isEmpty ? nil : WayIn(label: label, admissions: admissions, contact: contact)
    }
}

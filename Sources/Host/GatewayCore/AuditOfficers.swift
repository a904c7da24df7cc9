/// Who of an experiment may read what the audit trail says of its namespace.
///
/// A role names the namespace it reads, so nobody reads what is of another. Without a role there is nothing to read.
package struct AuditOfficers: Hashable, Sendable {
    /// The roles by the namespace before their dot.
    private let roles: [String: Set<String>]

    /// - Parameter roles: Each `NAMESPACE.ROLE`; what has another form counts for nothing.
    package init(_ roles: [String] = []) {
        self.roles = Dictionary(
            roles.compactMap { role in
                let parts = role.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
                return parts.count == 2 && !parts[0].isEmpty && !parts[1].isEmpty ? (parts[0], [role]) : nil
            },
            uniquingKeysWith: { $0.union($1) }
        )
    }

    package var isEmpty: Bool { roles.isEmpty }

    /// The roles any of which reads something in a view.
    package func roles(in view: View) -> Set<String> {
        roles.reduce(into: []) { all, entry in
            if view.contains(namespace: entry.key) { all.formUnion(entry.value) }
        }
    }

    /// The namespaces of a view that a caller may read of.
    package func namespaces(readBy principal: Principal, in view: View) -> Set<String> {
        Set(
            roles.filter { namespace, roles in
                view.contains(namespace: namespace) && !roles.isDisjoint(with: principal.roles)
            }.keys
        )
    }
}

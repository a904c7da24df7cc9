/// Gives the members of an issuer's group a role of the gateway.
package struct RoleMapping: Hashable, Sendable {
    /// The group as the issuer writes it, after the record's rules for groups.
    package let group: String
    /// The role's outside name, such as `atlas.production`.
    package let role: String

    package init(group: String, role: String) {
        self.group = group
        self.role = role
    }
}

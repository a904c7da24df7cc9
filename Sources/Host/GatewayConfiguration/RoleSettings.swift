/// One of the top-level `roles`: a role for a group of an issuer, said where the role's experiment keeps its settings.
package struct RoleSettings: Hashable, Sendable {
    /// The name of the issuer under `issuers`.
    package var issuer = ""
    package var group = ""
    /// `NAMESPACE.ROLE`.
    package var role = ""
    package var place: ConfigurationPlace
}

/// What the site decides for all namespaces.
package struct PolicyOptions: Hashable, Sendable {
    /// Whether `public` in a rule counts for nothing: the rule's `call` decides, and without one nobody may.
    package var forbidsPublic: Bool

    package init(forbidsPublic: Bool = false) {
        self.forbidsPublic = forbidsPublic
    }
}

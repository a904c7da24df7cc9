/// Where an issuer's tokens name the caller's groups, and how.
package struct GroupClaims: Hashable, Sendable {
    /// All places; what is found is taken together.
    package var paths: [ClaimPath]
    /// What separates groups that come as one string; empty when such a string is one group.
    package var separators: Set<Character>
    /// Whether one slash at the beginning of a group is left out.
    package var stripsLeadingSlash: Bool

    package init(paths: [ClaimPath] = [], separators: Set<Character> = [], stripsLeadingSlash: Bool = false) {
        self.paths = paths
        self.separators = separators
        self.stripsLeadingSlash = stripsLeadingSlash
    }
}

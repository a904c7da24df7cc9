/// The scopes there are, and who may have which.
package struct ScopeCatalog: Sendable {
    /// What a client gets that asks for nothing.
    package let baseline: [String]
    package let known: Set<String>
    /// What a scope allows, for people.
    package let meanings: [String: String]
    /// The scopes of all calls that roles allow.
    package let available: @Sendable (Set<String>) -> [String]

    package init(
        baseline: [String],
        known: Set<String>,
        meanings: [String: String] = [:],
        available: @escaping @Sendable (Set<String>) -> [String]
    ) {
        self.baseline = baseline
        self.known = known
        self.meanings = meanings
        self.available = available
    }

    /// What a request asks for: its known words, sorted; the baseline when it has none.
    ///
    /// Unknown words are left out, as clients ask for whatever somebody's metadata list (RFC 6749 section 3.3).
    package func requested(_ text: String?) -> [String] {
        let words = Set((text ?? "").split(separator: " ").map(String.init)).intersection(known)
        return words.isEmpty ? baseline : words.sorted()
    }

    /// Of some scopes those that roles allow.
    package func granted(_ scopes: [String], to roles: Set<String>) -> [String] {
        let allowed = Set(available(roles))
        return scopes.filter(allowed.contains)
    }

    /// Of granted scopes those that a later request asks for; all when it asks for none, nil when for others.
    package static func narrowed(_ granted: [String], to text: String?) -> [String]? {
        guard let text else { return granted }
        let words = Set(text.split(separator: " ").map(String.init)).subtracting(["offline_access"])
        return words.isSubset(of: granted) ? granted.filter(words.contains) : nil
    }
}

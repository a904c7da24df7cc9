import JSON

/// The way to a claim: one name per level.
///
/// Dots in a name mean nothing, as `wlcg.groups` is one name.
package struct ClaimPath: Hashable, Sendable {
    package let names: [String]

    package init(_ names: [String]) {
        self.names = names
    }

    /// The value, unless one of the names is not there.
    func value(in claims: JSONNode) -> JSONNode? {
        var node = claims
        for name in names {
            guard let next = node[name] else { return nil }
            node = next
        }
        return node
    }
}

/// Where requests may go: the origins the operator's configuration names, and nowhere else.
package struct EgressPolicy: Sendable {
    private let privateAllowed: [Origin: Bool]

    /// Joins the rules; of two for the same origin the more generous one counts.
    package init(rules: [EgressRule]) {
        privateAllowed = Dictionary(rules.map { ($0.origin, $0.allowsPrivateAddresses) }) { $0 || $1 }
    }

    /// Whether requests may go to the origin at all.
    package func allows(_ origin: Origin) -> Bool {
        privateAllowed[origin] != nil
    }

    /// Whether the addresses behind an origin have to be public; true for an origin that is not allowed.
    package func requiresPublicAddresses(_ origin: Origin) -> Bool {
        privateAllowed[origin] != true
    }
}

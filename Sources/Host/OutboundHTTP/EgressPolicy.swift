/// Where requests may go.
package struct EgressPolicy: Sendable {
    private enum Rule: Sendable {
        /// The origins the operator's configuration names, and nowhere else; the value is whether they may be private.
        case named([Origin: Bool])
        /// Any named host at its usual port for TLS.
        case strangers(allowsLoopback: Bool)
    }

    private let rule: Rule

    /// Joins the rules; of two for the same origin the more generous one counts.
    package init(rules: [EgressRule]) {
        rule = .named(Dictionary(rules.map { ($0.origin, $0.allowsPrivateAddresses) }) { $0 || $1 })
    }

    private init(_ rule: Rule) {
        self.rule = rule
    }

    /// For URLs that strangers choose: `https` at port 443, hosts by name, public addresses only.
    ///
    /// For a gateway that serves one machine, `http` on that machine will do as well.
    package static func strangers(allowsLoopback: Bool) -> EgressPolicy {
        EgressPolicy(.strangers(allowsLoopback: allowsLoopback))
    }

    /// Whether requests may go to the origin at all.
    package func allows(_ origin: Origin) -> Bool {
        switch rule {
        case .named(let origins): origins[origin] != nil
        case .strangers(let allowsLoopback):
            (origin.scheme == .https && origin.port == 443 && !origin.isAddress)
                || (allowsLoopback && Self.isLoopback(origin))
        }
    }

    /// Whether the addresses behind an origin have to be public; true for an origin that is not allowed.
    package func requiresPublicAddresses(_ origin: Origin) -> Bool {
        switch rule {
        case .named(let origins): origins[origin] != true
        case .strangers(let allowsLoopback): !(allowsLoopback && Self.isLoopback(origin))
        }
    }

    private static func isLoopback(_ origin: Origin) -> Bool {
        origin.scheme == .http && ["127.0.0.1", "[::1]", "localhost"].contains(origin.host)
    }
}

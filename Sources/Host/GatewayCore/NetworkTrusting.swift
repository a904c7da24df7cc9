/// Tells who calls without a token from a place that the site trusts.
package protocol NetworkTrusting: Sendable {
    /// Who calls from there; nil for a place that nobody trusts, or not any more.
    func caller(from place: PeerPlace) -> (principal: Principal, expiresAt: Int64)?
}

/// Where a request comes from, as the connection shows it: nothing of it is in the request itself.
package enum PeerPlace: Hashable, Sendable {
    /// The peer's internet address.
    case address(String)
    /// The gateway's own Unix socket that the peer connected to, by its path.
    case socket(String)
}

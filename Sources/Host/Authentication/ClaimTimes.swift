import GatewayCore
import JSON

/// Checks the times that signed claims have (RFC 7519 section 4.1).
struct ClaimTimes: Sendable {
    /// Times further from 1970 than this, in seconds, are not times.
    private static let latest: Double = 1e12

    /// By how much the signer's clock may differ, in seconds.
    let skew: Int64
    /// Seconds since 1970.
    let now: Int64

    /// When the claims expire, in seconds since 1970, unless they have or are not valid yet.
    func check(_ claims: JSONNode) throws(TokenRefusal) -> Int64 {
        guard let expiry = try Self.time(claims, "exp") else { throw .claims }
        let issued = try Self.time(claims, "iat")
        let begin = try Self.time(claims, "nbf")
        guard now < expiry + skew else { throw .expired }
        guard (begin ?? now) <= now + skew, (issued ?? now) <= now + skew else { throw .notYetValid }
        guard (issued ?? expiry) <= expiry else { throw .lifetime }
        return expiry
    }

    /// One time; nil when it is absent.
    static func time(_ claims: JSONNode, _ name: String) throws(TokenRefusal) -> Int64? {
        guard let node = claims[name] else { return nil }
        guard node.kind == .number, let value = node.double, value.magnitude <= latest else { throw .claims }
        return Int64(value.rounded(.down))
    }
}

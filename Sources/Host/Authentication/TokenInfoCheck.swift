import GatewayCore
import JSON

/// Decides what a Gafaelfawr token is worth, by what `token-info` and `user-info` say of it.
///
/// Such a token is for the whole platform and has no audience, so a site that trusts the issuer trusts all of its
/// services. A token that was delegated names the service it was made for: with a list of clients only those are taken.
struct TokenInfoCheck: Sendable {
    /// What people make for programs, and what the platform makes for services; never a browser's session.
    private static let kinds = ["user", "notebook", "internal", "service"]

    let record: IssuerRecord
    /// Seconds since 1970.
    let now: Int64

    func check(_ info: JSONNode, userInfo: JSONNode?, of token: [UInt8]) throws(TokenRefusal) -> VerifiedToken {
        guard info.kind == .object, let name = info["token"]?.string, let kind = info["token_type"]?.string else {
            throw .claims
        }
        guard Array(("gt-" + name + ".").utf8) == Array(token.prefix(name.utf8.count + 4)) else { throw .claims }
        guard Self.kinds.contains(kind) else { throw .notAccessToken }
        let service = info["service"]?.string
        guard record.allowedClients.isEmpty || service.map(record.allowedClients.containsExactly) ?? false else {
            throw .client
        }
        let expiry = try expiry(info)
        try ClaimsCheck(record: record, now: now).checkSubject(info)
        let subject = record.subject.value(in: info)?.string ?? ""
        if let userInfo {
            guard userInfo["username"]?.string.map({ $0.isExactly(subject) }) ?? false else { throw .subject }
        }
        let mapping = ClaimMapping(record: record, now: now)
        let roles = mapping.roles(of: mapping.groups(info) + Self.groups(userInfo))
        let created = try ClaimTimes.time(info, "created")
        return VerifiedToken(
            principal: Principal(
                issuer: record.issuers[0],
                subject: subject,
                username: mapping.username(info) ?? subject,
                roles: roles,
                // The platform's scopes are words of its own.
                scopes: mapping.withBaseline([], roles: roles),
                client: service
            ),
            expiresAt: expiry,
            identifiers: [name],
            issuedAt: created
        )
    }

    private func expiry(_ info: JSONNode) throws(TokenRefusal) -> Int64 {
        guard info["expires"] != nil, info["expires"]?.kind != .null,
            let expiry = try ClaimTimes.time(info, "expires")
        else { return now + record.maximumLifetime }
        guard now < expiry + record.skew else { throw .expired }
        return expiry
    }

    private static func groups(_ userInfo: JSONNode?) -> [String] {
        userInfo?["groups"]?.elements.compactMap { $0["name"]?.string } ?? []
    }
}

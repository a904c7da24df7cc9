import GatewayCore
import JSON

/// Turns the claims of a checked token into a principal, by the rules of its issuer alone.
struct ClaimMapping: Sendable {
    /// The longest name for people, in bytes; a longer one is left out.
    static let longestUsername = 255

    let record: IssuerRecord
    /// Seconds since 1970.
    let now: Int64

    /// The principal, with the scopes the token says.
    func principal(issuer: String, claims: JSONNode) throws(TokenRefusal) -> Principal {
        let roles = roles(claims)
        return Principal(
            issuer: issuer,
            subject: record.subject.value(in: claims)?.string ?? "",
            username: username(claims),
            roles: roles,
            scopes: withBaseline(try scopes(claims), roles: roles),
            client: claims["azp"]?.string ?? claims["client_id"]?.string,
            authenticatedAt: authenticationTime(claims)
        )
    }

    private func roles(_ claims: JSONNode) -> Set<String> {
        roles(of: groups(claims)).union(record.verbatimRoles?.value(in: claims)?.strings ?? [])
    }

    /// The roles of groups, under the rules of their issuer.
    func roles(of groups: [String]) -> Set<String> {
        Set(record.roles.filter { groups.containsExactly($0.group) }.map(\.role))
    }

    /// Groups in any form but a string or a list of strings are none.
    func groups(_ claims: JSONNode) -> [String] {
        record.groups.paths.flatMap { path -> [String] in
            guard let node = path.value(in: claims) else { return [] }
            let names: [String] =
                if let text = node.string, !record.groups.separators.isEmpty {
                    text.split { record.groups.separators.contains($0) }.map(String.init)
                } else {
                    node.strings ?? []
                }
            return names.map(groupName)
        }
    }

    private func groupName(_ text: String) -> String {
        let isRooted = record.groups.stripsLeadingSlash && text.utf8.first == UInt8(ascii: "/")
        return isRooted ? String(Substring(text.utf8.dropFirst())) : text
    }

    /// The words of `scope` (RFC 9068 section 2.2.3) or, without it, of `scp`.
    private func scopes(_ claims: JSONNode) throws(TokenRefusal) -> Set<String> {
        guard let node = claims["scope"] ?? claims["scp"] else { return [] }
        guard let texts = node.strings else { throw .claims }
        return Set(texts.flatMap { $0.split(separator: " ").map(String.init) })
    }

    func withBaseline(_ scopes: Set<String>, roles: Set<String>) -> Set<String> {
        var result = scopes
        let namespaces = Set(roles.compactMap { $0.split(separator: ".").first })
        for namespace in namespaces where !scopes.contains(where: { $0.hasPrefix(namespace + ":") }) {
            for scope in record.baselineScopes {
                result.insert("\(namespace):\(scope)")
            }
        }
        return result
    }

    func username(_ claims: JSONNode) -> String? {
        guard let name = record.username.value(in: claims)?.string,
            (1...Self.longestUsername).contains(name.utf8.count),
            name.unicodeScalars.allSatisfy({ $0.properties.generalCategory.isShown })
        else { return nil }
        return name
    }

    /// A login in the future is one of unknown age.
    func authenticationTime(_ claims: JSONNode) -> Int64? {
        guard let node = claims["auth_time"], node.kind == .number, let value = node.double,
            value >= 0, value <= Double(now + record.skew)
        else { return nil }
        return Int64(value.rounded(.down))
    }
}

extension Unicode.GeneralCategory {
    /// Whether characters of the category are seen as they are: no control, format or separator but the space.
    fileprivate var isShown: Bool {
        switch self {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: false
        default: true
        }
    }
}

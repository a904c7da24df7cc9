import JSON

/// What is wrong with the site's rules, as far as it shows without a plugin.
enum SiteRuleCheck {
    static func faults(of configuration: Configuration) -> [ConfigurationFault] {
        let namespaces = configuration.plugins.map(\.namespace)
        var wider: [String: ConfigurationPlace] = [:]
        return configuration.policy.rules.flatMap { rule in
            var faults = words(of: rule, namespaces)
            if !rule.namespace.isEmpty, !namespaces.contains(rule.namespace) {
                let nearest = NearestName.nearest(to: rule.namespace, among: namespaces)
                faults.append(
                    ConfigurationFault(
                        rule.place.appending("namespace"),
                        "no plugin has the namespace `\(rule.namespace)`"
                            + (nearest.map { "; did you mean `\($0)`?" } ?? "")
                    )
                )
            }
            guard rule.widens else { return faults }
            let target = "\(rule.namespace) \(rule.kind.rawValue) \(rule.match)"
            if let first = wider[target] {
                let message = "stands in the place of the same rule as line \(first.line); make one of the two"
                faults.append(ConfigurationFault(rule.place, message))
            } else {
                wider[target] = rule.place
            }
            return faults
        }
    }

    private static func words(of rule: SiteRuleSettings, _ namespaces: [String]) -> [ConfigurationFault] {
        [("see", rule.see), ("call", rule.call)].flatMap { key, need -> [ConfigurationFault] in
            guard let need else { return [] }
            let place = rule.place.appending(key)
            let roles = (need.anyRole + need.allRoles).filter { role in
                !role.contains(".") || !namespaces.contains(String(role.prefix { $0 != "." }))
            }.map { ConfigurationFault(place, "role `\($0)` must be NAMESPACE.ROLE of an enabled plugin") }
            let scopes = need.scopes.filter { !$0.hasPrefix(rule.namespace + ":") }.map {
                ConfigurationFault(place.appending("scopes"), "`\($0)` must be a scope of `\(rule.namespace)`")
            }
            let isEmpty =
                need.anyRole.isEmpty && need.allRoles.isEmpty && need.scopes.isEmpty && need.authenticationAge == nil
            // In the place of a plugin's rule it may mean everybody with a token; beside it it would mean nothing.
            guard isEmpty, !rule.widens else { return roles + scopes }
            return [ConfigurationFault(place, "asks for nothing; give any_role, all_roles, scopes or auth_age")]
        }
    }
}

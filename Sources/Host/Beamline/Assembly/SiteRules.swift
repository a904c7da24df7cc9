import GatewayConfiguration
import GatewayCore
import Policy

/// The rules that the site sets over those of plugins.
enum SiteRules {
    static func options(of configuration: Configuration) -> PolicyOptions {
        PolicyOptions(
            forbidsPublic: configuration.policy.forbidsPublic,
            siteRules: configuration.policy.rules.map(rule),
            givenRoles: givenRoles(configuration)
        )
    }

    /// A problem in words that name its line; nil for one that is not the site's.
    static func line(of problem: PolicyError.Problem, in configuration: Configuration) -> String? {
        let place = problem.problem.place
        guard place.hasPrefix("policy.rules["),
            let index = Int(place.dropFirst("policy.rules[".count).prefix { $0 != "]" }),
            configuration.policy.rules.indices.contains(index)
        else { return nil }
        let rule = configuration.policy.rules[index]
        let key = place.drop { $0 != "]" }.dropFirst()
        return "\(rule.place)\(key): \(problem.problem.message)"
    }

    /// The faults that show without a plugin.
    static func faults(of configuration: Configuration) -> [ConfigurationFault] {
        configuration.policy.rules.compactMap { settings in
            rule(settings).fault.map { ConfigurationFault(settings.place, $0) }
        }
    }

    private static func rule(_ settings: SiteRuleSettings) -> SiteRule {
        SiteRule(
            namespace: settings.namespace,
            match: settings.match,
            kind: kind(settings.kind),
            see: settings.see.map(need),
            call: settings.call.map(need),
            needsConsent: settings.needsConsent,
            isClosed: settings.isClosed,
            widens: settings.widens,
            isPublic: settings.isPublic
        )
    }

    private static func kind(_ kind: SiteRuleSettings.Kind) -> ItemReference.Kind? {
        switch kind {
        case .all: nil
        case .tool: .tool
        case .resource: .resource
        case .prompt: .prompt
        }
    }

    private static func need(_ settings: NeedSettings) -> AuthNeed {
        AuthNeed(
            anyRole: settings.anyRole,
            allRoles: settings.allRoles,
            scopes: settings.scopes,
            maximumAuthenticationAge: settings.authenticationAge.map { Int(clamping: $0.components.seconds) }
        )
    }

    private static func givenRoles(_ configuration: Configuration) -> Set<String> {
        Set(configuration.issuers.flatMap { $0.roles.map(\.role) } + configuration.identity.accounts.flatMap(\.roles))
    }
}

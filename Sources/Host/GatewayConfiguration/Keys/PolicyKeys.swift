import JSON

/// The keys of `policy`.
enum PolicyKeys {
    static var table: KeyTable<PolicySettings> {
        KeyTable([
            .bool("forbid_public", \.forbidsPublic, "Whether items that a plugin calls public are closed"),
            .list(
                "rules",
                \.rules,
                rule,
                element: { SiteRuleSettings(place: $0) },
                "What the site says over plugins' rules: further needs, or with `widen` others in their place"
            ),
            .optionalText("tests", \.tests, "A file of what must be allowed and what must not, which `check` tries"),
        ])
    }

    private static var rule: KeyTable<SiteRuleSettings> {
        KeyTable([
            .neededText("namespace", \.namespace, "Whose items"),
            .neededText("match", \.match, "A local name, or a pattern in which `*` stands for any characters"),
            .choice("kind", \.kind, "The kind of item; resources match by their URI or template"),
            .optionalSection(
                "see",
                \.see,
                need,
                defaults: NeedSettings(),
                takes: .atOnce,
                "What seeing the items needs, and so calling them"
            ),
            .optionalSection(
                "call",
                \.call,
                need,
                defaults: NeedSettings(),
                takes: .atOnce,
                "What calling the items needs"
            ),
            .optionalBool(
                "consent",
                \.needsConsent,
                "Whether a person must agree to each call; default as the plugin says"
            ),
            .bool("closed", \.isClosed, "Whether the items exist for nobody"),
            .bool("widen", \.widens, "Whether this stands in the place of the plugin's rule, and may allow more"),
            .bool("public", \.isPublic, "Whether no token is needed; only with `widen`"),
        ])
    }

    private static var need: KeyTable<NeedSettings> {
        KeyTable([
            .texts("any_role", \.anyRole, "At least one of these roles, each `NAMESPACE.ROLE`"),
            .texts("all_roles", \.allRoles, "All of these roles"),
            .texts("scopes", \.scopes, "All of these scopes, each `NAMESPACE:SCOPE`"),
            .optionalTime(
                "auth_age",
                \.authenticationAge,
                .seconds(1)...(.seconds(365 * 86_400)),
                "The greatest age of the login"
            ),
        ])
    }
}

extension SettingKey {
    /// A truth value whose absence means something.
    static func optionalBool(
        _ name: String,
        _ path: WritableKeyPath<Settings, Bool?>,
        takes effect: Effect = .atOnce,
        _ meaning: String
    ) -> SettingKey {
        SettingKey(name, path, takes: effect) { _ in
            SchemaText.value("boolean", meaning)
        } read: { reader, _ in
            reader.has(name) ? reader.bool(name, default: false) : nil
        }
    }

    /// A time whose absence means something.
    static func optionalTime(
        _ name: String,
        _ path: WritableKeyPath<Settings, Duration?>,
        _ range: ClosedRange<Duration>,
        takes effect: Effect = .atOnce,
        _ meaning: String
    ) -> SettingKey {
        SettingKey(name, path, takes: effect) { _ in
            SchemaText.value("string", meaning, [("pattern", SchemaText.time)])
        } read: { reader, _ in
            reader.has(name) ? reader.duration(name, in: range, default: range.lowerBound) : nil
        }
    }
}

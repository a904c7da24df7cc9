/// The keys of one of `issuers`.
enum IssuerKeys {
    private static let profiles = ["rfc9068", "wlcg", "keycloak", "auth0", "legacy", "opaque", "gafaelfawr"]
    private static let algorithms = [
        "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA",
    ]

    /// Reads one issuer: over the ways of its preset, when it has one.
    static func read(name: String, _ reader: SettingsReader) -> IssuerSettings {
        var settings = IssuerSettings(id: name, place: reader.place)
        let preset = reader.optionalChoice("preset", of: IssuerPreset.self)
        settings.preset = preset
        preset?.begin(&settings)
        settings = table.read(reader, over: settings)
        preset?.complete(&settings)
        // What a preset says of logins counts where there are any.
        if !reader.has("login") { settings.login = nil }
        return settings
    }

    static var table: KeyTable<IssuerSettings> {
        KeyTable([
            SettingKey("preset", \.preset, takes: .atOnce) { _ in
                SchemaText.value(
                    "string",
                    "Whose ways the issuer has: what is said here goes before what the preset says",
                    [("enum", SchemaText.words(IssuerPreset.allCases.map(\.rawValue)))]
                )
            } read: { _, preset in
                preset
            },
            .texts(
                "issuer",
                \.issuers,
                "The exact `iss` strings, needed without a preset that knows them; nothing is normalised, also not a slash at the end"
            ),
            .optionalText(
                "discovery",
                \.discovery,
                "The address of the OpenID configuration; its `issuer` must be one of the strings"
            ),
            .optionalText(
                "jwks_url",
                \.keySetURL,
                "The address of the keys, when there is no OpenID configuration. One of the two is needed"
            ),
            .words(
                "algorithms",
                \.algorithms,
                of: algorithms,
                "The algorithms of signatures; default `RS256 ES256 EdDSA PS256`"
            ),
            .word("token_profile", \.tokenProfile, of: profiles, "What marks its access tokens"),
            .texts(
                "audience",
                \.audience,
                "A token must be for one of these, exactly; default `publicURL` with `/mcp`"
            ),
            .texts(
                "require_azp",
                \.authorizedParties,
                "The clients whose tokens are accepted; needed when the audience is only a client's id"
            ),
            .time(
                "max_lifetime",
                \.maximumLifetime,
                .seconds(60)...(.seconds(31_536_000)),
                "The longest time between issue and expiry"
            ),
            .time("skew", \.skew, .zero...(.seconds(300)), "By how much clocks may differ"),
            .group("identity", identity, "Where a token says who the caller is"),
            .group("groups", groups, "Where a token says the caller's groups"),
            .texts(
                "baseline_scopes",
                \.baselineScopes,
                "Local scopes, such as `read`, that a token gets where it has a role and none of our scopes"
            ),
            .optionalSection(
                "login",
                \.login,
                login,
                defaults: LoginSettings(),
                takes: .atOnce,
                "How people log in there: the client that the gateway is at this issuer"
            ),
            .optionalSection(
                "introspection",
                \.introspection,
                introspection,
                defaults: IntrospectionSettings(),
                takes: .atOnce,
                "How the issuer is asked about tokens that only it can read (RFC 7662); for `token_profile: opaque`"
            ),
            .optionalText(
                "token_info_url",
                \.tokenInfoURL,
                "Where Gafaelfawr says what a token is; for `token_profile: gafaelfawr`"
            ),
            .optionalText("user_info_url", \.userInfoURL, "Where Gafaelfawr says the groups of a token's user"),
            .text("token_prefix", \.tokenPrefix, "What the issuer's tokens begin with, where only it can read them"),
            .roles("roles", \.roles, "Group → role. A role is `NAMESPACE.ROLE` of a plugin in this file"),
        ])
    }

    private static var login: KeyTable<LoginSettings> {
        KeyTable([
            .neededText("client_id", \.clientID, "The gateway's client id at the issuer"),
            .secret("client_secret", \.clientSecret, "Its secret; none for a public client"),
            .text("label", \.label, "What the chooser of logins shows; default the issuer's name here"),
            .optionalText(
                "contact",
                \.contact,
                "Whom somebody asks to be let into a group there: words, an e-mail address or an https URL"
            ),
            .texts("scopes", \.scopes, "What is asked for; `openid` must be among it"),
            .bool("userinfo", \.asksUserinfo, "Whether groups are read from the userinfo endpoint too"),
            .texts(
                "further_origins",
                \.furtherOrigins,
                "Other origins at which the issuer has endpoints, such as `https://oauth2.example.org`"
            ),
        ])
    }

    private static var introspection: KeyTable<IntrospectionSettings> {
        KeyTable([
            .optionalText("url", \.url, "The address; default the `introspection_endpoint` of `discovery`"),
            .optionalText("client_id", \.clientID, "The client that asks; default the one of `login`"),
            .secret("client_secret", \.clientSecret, "Its secret; default the one of `login`"),
        ])
    }

    private static var identity: KeyTable<IssuerSettings> {
        KeyTable([
            .texts("subject", \.subjectClaim, "The claim path of who the caller is, for good"),
            .texts("username", \.usernameClaim, "The claim path of a name for people"),
        ])
    }

    private static var groups: KeyTable<IssuerSettings> {
        KeyTable([
            .claimPaths("claims", \.groupClaims, "The claim paths at which groups stand; all count"),
            .optionalText(
                "separator",
                \.groupSeparator,
                "What separates groups in a claim that is one text; each character counts alone"
            ),
            .bool("strip_leading_slash", \.stripsLeadingSlash, "Whether one slash before a group is left out"),
        ])
    }
}

extension SettingKey {
    /// A mapping whose keys are settings of the one it stands in.
    fileprivate static func group(_ name: String, _ table: KeyTable<Settings>, _ meaning: String) -> SettingKey {
        SettingKey(
            name,
            schema: { table.schema($0, meaning: meaning) },
            read: { reader, settings in
                guard let section = reader.section(name) else { return }
                settings = table.read(section, over: settings)
            },
            differences: { running, wanted in table.differences(running, wanted).map { $0.inside(name) } },
            hold: { running, wanted in table.hold(running, &wanted) }
        )
    }

    fileprivate static func roles(
        _ name: String,
        _ path: WritableKeyPath<Settings, [IssuerSettings.RoleMapping]>,
        _ meaning: String
    ) -> SettingKey {
        let mapping = KeyTable<IssuerSettings.RoleMapping>([
            .neededText("group", \.group, "The group as the token says it"),
            .neededText("role", \.role, "`NAMESPACE.ROLE`"),
        ])
        let blank = IssuerSettings.RoleMapping(group: "", role: "")
        return SettingKey(name, path, takes: .atOnce) { _ in
            SchemaText.value("array", meaning, [("items", mapping.schema(blank))])
        } read: { reader, _ in
            reader.list(name).map { mapping.read($0, over: blank) }
        }
    }
}

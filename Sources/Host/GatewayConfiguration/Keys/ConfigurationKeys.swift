import JSON

/// The keys at the top.
enum ConfigurationKeys {
    /// The main file's.
    static var main: KeyTable<Configuration> {
        KeyTable([server, PluginMapKeys.main] + shared + [issuers] + rest + [include])
    }

    /// An included file's: what belongs to one namespace.
    static var included: KeyTable<Configuration> { KeyTable([PluginMapKeys.included] + shared) }

    /// The managed file's: plugins and nothing else.
    static var managed: KeyTable<Configuration> { KeyTable([PluginMapKeys.included]) }

    /// What an included file may not say.
    static var mainOnly: [String] {
        let included = included.keys.map(\.name)
        return main.keys.map(\.name).filter { !included.contains($0) }
    }

    private static var shared: [SettingKey<Configuration>] {
        [
            .list(
                "views",
                \.views,
                view,
                element: { ViewSettings(place: $0) },
                "Paths beside `/mcp` and `/mcp/NAMESPACE`, or in their place, and what each shows"
            ),
            .named(
                "sources",
                \.sources,
                identifiedBy: \.name,
                element: { SourceKeys.schema },
                read: SourceKeys.read,
                "The sources of data the gateway owns, by name"
            ),
            .list(
                "roles",
                \.roles,
                role,
                element: { RoleSettings(place: $0) },
                "Roles for groups of an issuer, added to the issuer's own"
            ),
        ]
    }

    private static var server: SettingKey<Configuration> {
        .section(
            "server",
            \.server,
            ServerKeys.table,
            placedAt: \.place,
            "Where the gateway listens and how the outside calls it"
        )
    }

    private static var issuers: SettingKey<Configuration> {
        .named(
            "issuers",
            \.issuers,
            identifiedBy: \.id,
            element: { IssuerKeys.table.schema(IssuerSettings(place: .nowhere)) },
            read: IssuerKeys.read,
            "Whose tokens are accepted, and what they mean"
        )
    }

    private static var rest: [SettingKey<Configuration>] {
        [
            .section(
                "identity",
                \.identity,
                IdentityKeys.table,
                placedAt: \.place,
                "The gateway as an issuer of its own: for one machine, or over the logins of `issuers`"
            ),
            .section(
                "policy",
                \.policy,
                PolicyKeys.table,
                placedAt: \.place,
                "What the site says over all plugins"
            ),
            .section("limits", \.limits, LimitKeys.table, "What anything may cost before it is refused"),
            .section("workers", \.workers, WorkerKeys.table, "How plugins in processes of their own are kept"),
            .section(
                "state",
                \.state,
                StateKeys.table,
                placedAt: \.place,
                "Where the gateway keeps its own files"
            ),
            .section(
                "audit",
                \.audit,
                AuditKeys.table,
                placedAt: \.place,
                "The trail of all calls: who, what, and how it ended"
            ),
            .section(
                "observability",
                \.observability,
                KeyTable([
                    .word("log_level", \.logLevel, of: levels, "The quietest level shown"),
                    .choice("log_format", \.logFormat, takes: .atStart, "How lines are written"),
                ]),
                "What the operator sees"
            ),
            .section(
                "trust",
                \.trust,
                TrustKeys.table,
                placedAt: \.place,
                "Whom the gateway believes when it calls out and when it loads plugins"
            ),
        ]
    }

    private static let levels = ["trace", "debug", "info", "notice", "warning", "error", "critical"]

    private static var include: SettingKey<Configuration> {
        .list(
            "include",
            \.include,
            KeyTable([
                .neededText("path", \.path, "The file"),
                .texts("owns", \.owns, isRequired: true, "The namespaces it is for; it may say nothing about others"),
            ]),
            element: { IncludeSettings(place: $0) },
            "Files that belong to some namespaces; only the main file may include"
        )
    }

    private static var view: KeyTable<ViewSettings> {
        KeyTable([
            .neededText(
                "path",
                \.path,
                "The path below `publicURL`, such as `/swf-monitor/mcp`; a slash at its end makes no difference"
            ),
            .texts("namespaces", \.namespaces, "The namespaces shown; default every enabled one"),
            .bool("prefix", \.isPrefixed, "Whether names carry their namespace; `false` needs exactly one namespace"),
            .bool(
                "anonymous",
                \.allowsAnonymous,
                "Whether a request without a token is served, with the public items only"
            ),
            .choice(
                "listing",
                \.listing,
                "How tools are shown: `all` of them in the list, by `search` with three tools of the gateway, or `auto`: listed up to `limits.listed_tools` and `listed_bytes`, else by search"
            ),
        ])
    }

    private static var role: KeyTable<RoleSettings> {
        KeyTable([
            .neededText("issuer", \.issuer, "A name under `issuers`"),
            .neededText("group", \.group, "The group as the token says it"),
            .neededText("role", \.role, "`NAMESPACE.ROLE` of a plugin"),
        ])
    }
}

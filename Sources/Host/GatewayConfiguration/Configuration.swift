package import GatewayCore

/// Everything the site decides, from one file: checked whole before anything starts.
package struct Configuration: Sendable {
    package var server = ServerSettings()
    package var views: [ViewSettings] = []
    package var plugins: [PluginSettings] = []
    /// Those that say `enabled: false`: checked like the others, and otherwise as if they were not there.
    package var disabledPlugins: [PluginSettings] = []
    /// `plugins.directory`: a folder whose plugins are listed and not run; nil for none.
    package var pluginsDirectory: String?
    /// `plugins.managed`: the file that commands write plugins to; nil for none.
    package var managedFile: String?
    package var sources: [SourceSettings] = []
    package var issuers: [IssuerSettings] = []
    package var identity = IdentitySettings()
    package var policy = PolicySettings()
    package var limits = LimitSettings()
    package var workers = WorkersSettings()
    package var state = StateSettings()
    package var audit = AuditTrailSettings()
    package var observability = ObservabilitySettings()
    package var trust = TrustSettings()
    /// The namespaces whose plugins may change their lists as they like.
    package var freeNamespaces: Set<String> { Set(plugins.filter { $0.dynamicItems == .allow }.map(\.namespace)) }
    /// Roles said outside their issuer; empty once the files are joined, when each issuer has its own.
    var roles: [RoleSettings] = []
    /// The files that belong to this one.
    var include: [IncludeSettings] = []
}

/// `server`: where the gateway listens and how the outside calls it.
package struct ServerSettings: Hashable, Sendable {
    /// The address to listen on; a name or number of this machine.
    package var host = "127.0.0.1"
    /// The TCP port; 0 lets the system choose.
    package var port = 8080
    /// What clients write before `/mcp`, without a trailing slash; nothing is ever derived from a request.
    ///
    /// Read as empty when it is not given, and then made of host and port.
    package var publicURL = ""
    /// Origins of browser pages that may call, such as `https://inspector.example.org`.
    package var allowedOrigins: [String] = []
    /// Host names accepted beside that of the public URL.
    package var allowedHosts: [String] = []
    /// How `/mcp` and `/mcp/<namespace>` show what there is, where no view takes their place.
    package var listing = View.Listing.auto
    /// What clients may show beside the server's name.
    package var icons: [IconSettings] = []
    package var admin: AdminSettings?
    var place = ConfigurationPlace.nowhere
}

/// `plugins.<namespace>`: one plugin and what it is given.
package struct PluginSettings: Hashable, Sendable {
    /// How a plugin is run.
    package enum Isolation: String, Hashable, Sendable, CaseIterable {
        case auto
        case inProcess = "in-process"
        case worker
    }

    /// What becomes of items a plugin lists while it runs.
    package enum DynamicItems: String, Hashable, Sendable, CaseIterable {
        /// New and changed ones wait for approval, unless the plugin is trusted.
        case wait
        /// They are shown at once.
        case allow
    }

    /// The namespace, which the site gives.
    package var namespace = ""
    /// The library's path; a bare file name is looked for beside the executable.
    package var library = ""
    package var isolation = Isolation.auto
    /// Whether the gateway refuses to start without it.
    package var isRequired = false
    /// Whether it is loaded at all.
    package var isEnabled = true
    package var dynamicItems = DynamicItems.wait
    /// The SHA-256 the library must have, in hexadecimal.
    package var pin: String?
    /// The plugin's name for a source → the name under `sources`.
    package var sources: [String: String] = [:]
    /// The plugin's name for a collection of documents → the collection's name in the index.
    package var documents: [String: String] = [:]
    /// The instance configuration, as JSON text.
    package var configuration: [UInt8] = Array("{}".utf8)
    /// Where in the file it stands, for messages.
    package var place: ConfigurationPlace
}

/// `sources.<name>`: a source of data the gateway owns.
package struct SourceSettings: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case sqlite(SQLiteSettings)
        case http(HTTPSettings)
        case postgresql(PostgreSQLSettings)
        case stomp(StompSettings)
        case file(FileSettings)
        case plugin(PluginSourceSettings)
    }

    package var name: String
    package var kind: Kind
    package var place: ConfigurationPlace
}

/// A source of kind `plugin`: what one of the plugins provides.
package struct PluginSourceSettings: Hashable, Sendable {
    /// The namespace of the plugin.
    package var namespace = ""
    /// A name of its manifest's `provides`.
    package var source = ""
}

/// A source of kind `sqlite`: read-only files.
package struct SQLiteSettings: Hashable, Sendable {
    package var path = ""
    /// Schema name → another file.
    package var attached: [String: String] = [:]
    /// Connections that read at the same time.
    package var readers = 4
}

/// A source of kind `http`: one base address.
package struct HTTPSettings: Hashable, Sendable {
    package var baseURL = ""
    /// Sent with every request; values may be secrets.
    package var headers: [String: SettingValue] = [:]
    /// How long one request may take.
    package var timeout = Duration.seconds(20)
    /// The longest answer read, in bytes.
    package var maximumBytes = 8 << 20
    /// What plugins may ask for, in capitals.
    package var methods = ["GET", "HEAD", "POST"]
    /// How requests are authenticated for the caller, tried in this order; empty where they are made for nobody.
    package var credentials: [CredentialSettings] = []
    /// The header field that holds the credential, and the word before it; `none` for none.
    package var credentialHeader = "Authorization"
    package var credentialScheme = "Bearer"
}

/// `issuers.<id>`: whose tokens are accepted, and what they mean.
package struct IssuerSettings: Hashable, Sendable {
    package var id = ""
    /// Whose ways it has unless the file says otherwise.
    var preset: IssuerPreset?
    /// The exact `iss` strings.
    package var issuers: [String] = []
    /// The address of the OpenID configuration.
    package var discovery: String?
    /// The address of the keys, when there is no OpenID configuration.
    package var keySetURL: String?
    package var algorithms: [String] = []
    package var tokenProfile = "rfc9068"
    package var audience: [String] = []
    package var authorizedParties: [String] = []
    package var maximumLifetime = Duration.seconds(86_400)
    package var skew = Duration.seconds(60)
    package var subjectClaim = ["sub"]
    package var usernameClaim = ["preferred_username"]
    /// Paths of claims that hold groups; a path is a list of names and never split at dots.
    package var groupClaims: [[String]] = []
    /// What separates groups when the claim is one string.
    package var groupSeparator: String?
    package var stripsLeadingSlash = false
    /// Local scopes, such as `read`, that a token gets where it has a role but none of our scopes.
    package var baselineScopes: [String] = []
    /// Group → role, in order.
    package var roles: [RoleMapping] = []
    /// How people log in there; nil when they do not.
    package var login: LoginSettings?
    /// How it is asked about its tokens (RFC 7662); nil when it is not.
    package var introspection: IntrospectionSettings?
    /// Where Gafaelfawr says what a token is.
    package var tokenInfoURL: String?
    /// Where Gafaelfawr says which groups its user is in.
    package var userInfoURL: String?
    /// What tokens that only the issuer can read begin with; empty for no mark.
    package var tokenPrefix = ""
    package var place: ConfigurationPlace

    /// One line of `roles`.
    package struct RoleMapping: Hashable, Sendable {
        package var group: String
        package var role: String
    }
}

/// `state`: where the gateway keeps its own files.
package struct StateSettings: Hashable, Sendable {
    /// A folder only the gateway's user may enter.
    package var directory = "state"
    /// The database that several gateways share; nil for a file in the folder.
    package var database: StateDatabaseSettings?
    /// What seals that which travels with clients; nil for a key of this run alone.
    package var sealingKey: SettingValue?
    /// The key before it, which still opens.
    package var formerSealingKey: SettingValue?
    var place = ConfigurationPlace.nowhere
}

/// `state.postgresql`: one database for the state of several gateways.
package struct StateDatabaseSettings: Hashable, Sendable {
    package var server = {
        var server = PostgreSQLSettings()
        server.connections = 4
        return server
    }()
    /// How long one step on the state may take.
    package var timeout = Duration.seconds(5)
}

/// `audit`: the trail of all calls.
package struct AuditTrailSettings: Hashable, Sendable {
    package var isEnabled = true
    /// Empty until the paths are made whole; then `audit` in the state folder, unless it is given.
    package var directory = ""
    package var fileBytes = 64 << 20
    package var retention = Duration.seconds(180 * 86_400)
    package var waiting = 8192
    /// Such as `epic_panda_list_jobs.taskid`; `*` for all arguments of a tool.
    package var clearArguments: [String] = []
    /// Such as `epic.officer`; each reads what the trail says of its namespace.
    package var officers: [String] = []
    package var searchBytes = 64 << 20
    package var searches = 8
    var place = ConfigurationPlace.nowhere
}

/// `trust`: whom the gateway believes, when it calls out and when it loads plugins.
package struct TrustSettings: Hashable, Sendable {
    /// A PEM file of certificate authorities in place of the system's.
    package var authoritiesFile: String?
    /// A folder of authorities under OpenSSL's hashed names, such as the grid's, in place of the system's folder.
    package var authoritiesFolder: String?
    /// The site's name for a key → the key's text, whose signatures of bundles count.
    package var keys: [String: SettingValue] = [:]
    /// The names of those whose bundles may run inside the gateway's process.
    package var inProcess: [String] = []
    /// Whether every plugin that is not shipped must be signed with one of the keys.
    package var requiresSignature = false
    var place = ConfigurationPlace.nowhere
}

/// `observability`: what the operator sees.
package struct ObservabilitySettings: Hashable, Sendable {
    package enum Format: String, Hashable, Sendable, CaseIterable {
        case text, json
    }

    /// The quietest level shown: trace, debug, info, notice, warning, error, critical.
    package var logLevel = "info"
    package var logFormat = Format.text
}

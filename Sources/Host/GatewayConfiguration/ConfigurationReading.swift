/// Turns the sections of the file into settings, one function each.
enum ConfigurationReading {
    static func configuration(_ reader: SettingsReader) -> Configuration {
        let configuration = Configuration(
            server: server(reader.section("server")),
            plugins: reader.sections("plugins").map(plugin),
            sources: reader.sections("sources").compactMap(source),
            issuers: reader.sections("issuers").map(IssuerReading.issuer),
            identity: identity(reader.section("identity")),
            policy: policy(reader.section("policy")),
            limits: limits(reader.section("limits")),
            state: state(reader.section("state")),
            observability: observability(reader.section("observability")),
            trust: trust(reader.section("trust"))
        )
        reader.finish()
        return configuration
    }

    private static func server(_ reader: SettingsReader?) -> ServerSettings {
        var settings = ServerSettings()
        guard let reader else { return settings }
        settings.host = reader.string("host") ?? settings.host
        settings.port = reader.integer("port", in: 0...65_535, default: settings.port)
        settings.publicURL = reader.string("publicURL") ?? "http://\(settings.host):\(settings.port)"
        while settings.publicURL.hasSuffix("/") { settings.publicURL.removeLast() }
        settings.allowedOrigins = reader.strings("allowed_origins")
        settings.allowedHosts = reader.strings("allowed_hosts")
        reader.finish()
        return settings
    }

    private static func plugin(name: String, _ reader: SettingsReader) -> PluginSettings {
        var settings = PluginSettings(
            namespace: name,
            library: reader.requiredString("library"),
            place: reader.place
        )
        settings.isolation = reader.choice("isolation", default: settings.isolation)
        settings.isRequired = reader.bool("required", default: settings.isRequired)
        settings.pin = reader.string("pin")
        settings.sources = reader.texts("sources")
        settings.configuration = reader.json("config")
        reader.finish()
        return settings
    }

    private static func source(name: String, _ reader: SettingsReader) -> SourceSettings? {
        enum Kind: String, CaseIterable {
            case sqlite, http
        }
        defer { reader.finish() }
        guard reader.value("kind") != nil else {
            reader.fault("`kind` is missing; one of: sqlite, http")
            return nil
        }
        switch reader.choice("kind", default: Kind.http) {
        case .sqlite:
            var settings = SQLiteSettings(path: reader.requiredString("path"))
            settings.attached = reader.texts("attach")
            settings.readers = reader.integer("readers", in: 1...64, default: settings.readers)
            return SourceSettings(name: name, kind: .sqlite(settings), place: reader.place)
        case .http:
            var settings = HTTPSettings(baseURL: reader.requiredString("base_url"))
            settings.headers = reader.settingValues("headers")
            settings.timeout = reader.duration("timeout", in: .seconds(1)...(.seconds(300)), default: settings.timeout)
            settings.maximumBytes = reader.integer("maximum_bytes", in: 1...(1 << 30), default: settings.maximumBytes)
            return SourceSettings(name: name, kind: .http(settings), place: reader.place)
        }
    }

    private static func identity(_ reader: SettingsReader?) -> IdentitySettings {
        var settings = IdentitySettings()
        guard let reader else { return settings }
        settings.isDevelopment = reader.bool("development", default: false)
        reader.finish()
        return settings
    }

    private static func policy(_ reader: SettingsReader?) -> PolicySettings {
        var settings = PolicySettings()
        guard let reader else { return settings }
        settings.forbidsPublic = reader.bool("forbid_public", default: false)
        reader.finish()
        return settings
    }

    private static func state(_ reader: SettingsReader?) -> StateSettings {
        guard let reader else { return StateSettings(directory: "state") }
        let settings = StateSettings(directory: reader.string("directory") ?? "state")
        reader.finish()
        return settings
    }

    private static func trust(_ reader: SettingsReader?) -> TrustSettings {
        var settings = TrustSettings()
        guard let reader else { return settings }
        settings.authoritiesFile = reader.string("ca_file")
        settings.authoritiesFolder = reader.string("ca_directory")
        reader.finish()
        return settings
    }

    private static func observability(_ reader: SettingsReader?) -> ObservabilitySettings {
        enum Level: String, CaseIterable {
            case trace, debug, info, notice, warning, error, critical
        }
        var settings = ObservabilitySettings()
        guard let reader else { return settings }
        settings.logLevel = reader.choice("log_level", default: Level.info).rawValue
        settings.logFormat = reader.choice("log_format", default: settings.logFormat)
        reader.finish()
        return settings
    }

    private static func limits(_ reader: SettingsReader?) -> LimitSettings {
        var limits = LimitSettings()
        guard let reader else { return limits }
        let bytes = 1024...(1 << 30)
        limits.requestBodyBytes = reader.integer("request_body_bytes", in: bytes, default: limits.requestBodyBytes)
        limits.requestHeaderBytes = reader.integer(
            "request_header_bytes",
            in: bytes,
            default: limits.requestHeaderBytes
        )
        limits.jsonDepth = reader.integer("json_depth", in: 4...1024, default: limits.jsonDepth)
        let times = Duration.milliseconds(10)...Duration.seconds(3600)
        limits.toolTimeout = reader.duration("tool_timeout", in: times, default: limits.toolTimeout)
        limits.longestToolTimeout = reader.duration(
            "longest_tool_timeout",
            in: times,
            default: limits.longestToolTimeout
        )
        limits.resultBudgetBytes = reader.integer("result_budget_bytes", in: bytes, default: limits.resultBudgetBytes)
        limits.resultCapBytes = reader.integer("result_cap_bytes", in: bytes, default: limits.resultCapBytes)
        limits.sessions = reader.integer("sessions", in: 1...1_000_000, default: limits.sessions)
        let idle = Duration.seconds(1)...Duration.seconds(86_400)
        limits.sessionIdle = reader.duration("session_idle", in: idle, default: limits.sessionIdle)
        limits.listPage = reader.integer("list_page", in: 1...10_000, default: limits.listPage)
        limits.connections = reader.integer("connections", in: 1...1_000_000, default: limits.connections)
        limits.queryRows = reader.integer("query_rows", in: 1...10_000_000, default: limits.queryRows)
        limits.queryBytes = reader.integer("query_bytes", in: bytes, default: limits.queryBytes)
        limits.queriesPerSource = reader.integer("queries_per_source", in: 1...1024, default: limits.queriesPerSource)
        reader.finish()
        return limits
    }
}

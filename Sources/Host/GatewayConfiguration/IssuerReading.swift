/// Reads one trusted issuer.
enum IssuerReading {
    static func issuer(name: String, _ reader: SettingsReader) -> IssuerSettings {
        var settings = IssuerSettings(id: name, issuers: reader.strings("issuer"), place: reader.place)
        settings.discovery = reader.string("discovery")
        settings.keySetURL = reader.string("jwks_url")
        settings.algorithms = reader.strings("algorithms")
        settings.tokenProfile = reader.string("token_profile") ?? settings.tokenProfile
        settings.audience = reader.strings("audience")
        settings.authorizedParties = reader.strings("require_azp")
        let lifetimes = Duration.seconds(60)...Duration.seconds(31_536_000)
        settings.maximumLifetime = reader.duration("max_lifetime", in: lifetimes, default: settings.maximumLifetime)
        settings.skew = reader.duration("skew", in: .zero...(.seconds(300)), default: settings.skew)
        if let identity = reader.section("identity") {
            settings.subjectClaim = path(identity, "subject") ?? settings.subjectClaim
            settings.usernameClaim = path(identity, "username") ?? settings.usernameClaim
            identity.finish()
        }
        if let groups = reader.section("groups") {
            settings.groupClaims = groups.claimPaths("claims")
            settings.groupSeparator = groups.string("separator")
            settings.stripsLeadingSlash = groups.bool("strip_leading_slash", default: false)
            groups.finish()
        }
        settings.baselineScopes = reader.strings("baseline_scopes")
        settings.roles = reader.list("roles").map { line in
            defer { line.finish() }
            return .init(group: line.requiredString("group"), role: line.requiredString("role"))
        }
        reader.finish()
        return settings
    }

    /// A claim's path: one name, or a list of names from the outside in.
    private static func path(_ reader: SettingsReader, _ key: String) -> [String]? {
        let names = reader.strings(key)
        return names.isEmpty ? nil : names
    }
}

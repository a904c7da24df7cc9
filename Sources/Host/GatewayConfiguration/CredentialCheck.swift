import JSON

/// What is wrong with how sources are asked for callers.
enum CredentialCheck {
    static func faults(of configuration: Configuration) -> [ConfigurationFault] {
        configuration.sources.flatMap { source -> [ConfigurationFault] in
            guard case .http(let settings) = source.kind, !settings.credentials.isEmpty else { return [] }
            return faults(settings, at: source.place) + settings.credentials.flatMap { faults($0, configuration) }
        }
    }

    private static func faults(_ settings: HTTPSettings, at place: ConfigurationPlace) -> [ConfigurationFault] {
        var faults: [ConfigurationFault] = []
        if !settings.baseURL.isEmpty, !PublicHost.isProtected(settings.baseURL) {
            faults.append(
                ConfigurationFault(
                    place.appending("base_url"),
                    "credentials go over https, or stay on this machine"
                )
            )
        }
        let header = settings.credentialHeader
        if !isFieldName(header) || connection.contains(header.lowercased()) {
            let place = place.appending("credential_header")
            faults.append(ConfigurationFault(place, "must be the name of a header field"))
        }
        if settings.headers.keys.contains(where: { $0.lowercased() == header.lowercased() }) {
            faults.append(
                ConfigurationFault(
                    place.appending("headers"),
                    "`\(header)` is what `credentials` fill in; take it out of one of the two"
                )
            )
        }
        if !settings.credentialScheme.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) {
            faults.append(ConfigurationFault(place.appending("credential_scheme"), "must be one word; `none` for none"))
        }
        let given = settings.credentials.filter { $0.kind == .userToken }
        if given.count > 1 {
            faults.append(ConfigurationFault(given[1].place, "a caller gives one token for a source; take one out"))
        }
        return faults
    }

    private static func faults(
        _ settings: CredentialSettings,
        _ configuration: Configuration
    ) -> [ConfigurationFault] {
        var faults: [ConfigurationFault] = []
        func fault(_ key: String?, _ message: String) {
            faults.append(ConfigurationFault(key.map(settings.place.appending) ?? settings.place, message))
        }
        guard settings.kind != .userToken else {
            if settings.issuer != nil { fault("issuer", "a token that the caller gives has none here") }
            if settings.label == nil { fault(nil, "`label` is missing: what the service is called for people") }
            if !configuration.issuers.contains(where: { $0.login != nil }) || configuration.identity.isDevelopment {
                fault(nil, "callers give tokens on a page of the gateway; so one of `issuers` needs `login`")
            }
            return faults
        }
        guard let name = settings.issuer else {
            fault(nil, "`issuer` is missing: a name under `issuers`")
            return faults
        }
        guard let issuer = configuration.issuers.first(where: { $0.id == name }) else {
            let nearest = NearestName.nearest(to: name, among: configuration.issuers.map(\.id)).map {
                "; did you mean `\($0)`?"
            }
            fault("issuer", "`\(name)` is no name under `issuers`\(nearest ?? "")")
            return faults
        }
        guard let discovery = issuer.discovery, PublicHost.isProtected(discovery) else {
            fault("issuer", "the issuer needs `discovery`, over https or on this machine")
            return faults
        }
        switch settings.kind {
        case .clientCredentials:
            if settings.clientID == nil, issuer.login == nil { fault(nil, "give `client_id`, or the issuer `login`") }
            if settings.clientSecret == nil, settings.clientID != nil || issuer.login?.clientSecret == nil {
                fault(nil, "give `client_secret`: an issuer gives tokens only to clients it can prove")
            }
        case .tokenExchange, .loginToken:
            if issuer.login == nil || configuration.identity.isDevelopment {
                fault("issuer", "people must log in there through the gateway: the issuer needs `login`")
            }
            if settings.kind == .tokenExchange, settings.audience == nil, settings.resource == nil {
                fault(nil, "give `audience` or `resource`, so that the token is for this source alone")
            }
            if settings.clientID != nil || settings.clientSecret != nil {
                fault("client_id", "the client of `login` is used; take it out")
            }
        case .userToken: break
        }
        return faults
    }

    private static let connection: Set<String> = [
        "host", "content-length", "content-type", "connection", "cookie", "te", "transfer-encoding", "upgrade",
    ]

    /// RFC 9110 section 5.6.2.
    private static func isFieldName(_ text: String) -> Bool {
        !text.isEmpty
            && text.unicodeScalars.allSatisfy { scalar in
                scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
                    || "!#$%&'*+-.^_`|~".unicodeScalars.contains(scalar)
            }
    }
}

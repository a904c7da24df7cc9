/// What is wrong with the issuers whose tokens are accepted.
enum IssuerCheck {
    static func faults(of configuration: Configuration) -> [ConfigurationFault] {
        configuration.issuers.flatMap { issuer in
            keys(issuer) + (issuer.tokenProfile == "opaque" ? introspection(issuer) : [])
                + (issuer.tokenProfile == "gafaelfawr" ? tokenInfo(issuer) : []) + preset(issuer)
        }
    }

    private static func keys(_ issuer: IssuerSettings) -> [ConfigurationFault] {
        var faults: [ConfigurationFault] = []
        if issuer.issuers.isEmpty {
            faults.append(ConfigurationFault(issuer.place, "`issuer` is missing: the exact iss of the tokens"))
            // With it the preset knows the rest.
            if issuer.preset != nil { return faults }
        }
        if issuer.discovery == nil, issuer.keySetURL == nil, !isAsked(issuer) {
            faults.append(
                ConfigurationFault(issuer.place, "give `discovery` or `jwks_url`, so that signatures can be checked")
            )
        }
        if issuer.introspection != nil, issuer.tokenProfile != "opaque" {
            faults.append(
                ConfigurationFault(
                    issuer.place.appending("introspection"),
                    "an issuer is asked only with `token_profile: opaque`; take one of the two out or in"
                )
            )
        }
        return faults
    }

    private static func isAsked(_ issuer: IssuerSettings) -> Bool {
        ["opaque", "gafaelfawr"].contains(issuer.tokenProfile)
    }

    /// A token that is shown to an issuer goes over a protected line, and from a client that the issuer knows.
    private static func introspection(_ issuer: IssuerSettings) -> [ConfigurationFault] {
        guard let settings = issuer.introspection else {
            return [
                ConfigurationFault(
                    issuer.place,
                    "`token_profile: opaque` needs `introspection`, so that the issuer can be asked about its tokens"
                )
            ]
        }
        let place = issuer.place.appending("introspection")
        var faults: [ConfigurationFault] = []
        guard let url = settings.url ?? issuer.discovery else {
            return [ConfigurationFault(place, "give `url`, or `discovery` of the issuer")]
        }
        if !PublicHost.isProtected(url) {
            faults.append(ConfigurationFault(place, "tokens go over https, or stay on this machine"))
        }
        if settings.clientID == nil, issuer.login == nil {
            faults.append(ConfigurationFault(place, "give `client_id`: the client that asks"))
        }
        if settings.clientSecret == nil, settings.clientID != nil || issuer.login?.clientSecret == nil {
            let message = "give `client_secret`: an issuer answers only clients it can prove"
            faults.append(ConfigurationFault(place, message))
        }
        return faults
    }

    private static func tokenInfo(_ issuer: IssuerSettings) -> [ConfigurationFault] {
        guard let url = issuer.tokenInfoURL else {
            return [ConfigurationFault(issuer.place, "`token_profile: gafaelfawr` needs `token_info_url`")]
        }
        var faults: [ConfigurationFault] = []
        if issuer.tokenPrefix != "gt-" {
            let place = issuer.place.appending("token_prefix")
            faults.append(ConfigurationFault(place, "tokens of Gafaelfawr begin with `gt-`"))
        }
        for url in [url, issuer.userInfoURL ?? url] where !PublicHost.isProtected(url) {
            faults.append(ConfigurationFault(issuer.place, "tokens go over https, or stay on this machine: \(url)"))
        }
        return faults
    }

    private static func preset(_ issuer: IssuerSettings) -> [ConfigurationFault] {
        guard issuer.preset == .auth0 else { return [] }
        return issuer.issuers.filter { !$0.hasSuffix("/") }.map { text in
            ConfigurationFault(
                issuer.place.appending("issuer"),
                "the issuer of an Auth0 tenant ends with a slash: \(text)/"
            )
        }
    }
}

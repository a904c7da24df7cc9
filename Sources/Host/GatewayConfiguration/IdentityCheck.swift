import JSON

/// What is wrong with the gateway as an issuer.
enum IdentityCheck {
    static func faults(of configuration: Configuration) -> [ConfigurationFault] {
        configuration.issuers.flatMap { issuer($0) } + configuration.identity.clients.flatMap { client($0) }
            + configuration.identity.accounts.flatMap { account($0, configuration) } + together(configuration)
            + TrustedNetworkCheck.faults(of: configuration)
    }

    private static func issuer(_ issuer: IssuerSettings) -> [ConfigurationFault] {
        guard let login = issuer.login else { return [] }
        let place = issuer.place.appending("login")
        var faults: [ConfigurationFault] = []
        if issuer.discovery == nil {
            faults.append(ConfigurationFault(place, "people can log in only where `discovery` says how; give it"))
        }
        if let discovery = issuer.discovery, !PublicHost.isProtected(discovery) {
            let message = "a login goes over https, or stays on this machine"
            faults.append(ConfigurationFault(issuer.place.appending("discovery"), message))
        }
        if !login.scopes.contains("openid") {
            faults.append(ConfigurationFault(place.appending("scopes"), "`openid` must be among the scopes"))
        }
        if !issuer.id.utf8.allSatisfy(isNameByte) {
            faults.append(
                ConfigurationFault(issuer.place, "the name is part of an address: use a-z, 0-9 and dashes only")
            )
        }
        return faults
    }

    private static func client(_ client: KnownClientSettings) -> [ConfigurationFault] {
        guard client.id.hasPrefix("https://") || client.id.hasPrefix("http://") else { return [] }
        return [ConfigurationFault(client.place, "a client id that is a URL is looked up there; give another")]
    }

    private static func account(
        _ account: ServiceAccountSettings,
        _ configuration: Configuration
    ) -> [ConfigurationFault] {
        var faults: [ConfigurationFault] = []
        func fault(_ key: String, _ message: String) {
            faults.append(ConfigurationFault(account.place.appending(key), message))
        }
        if !(2...32).contains(account.id.utf8.count) || !account.id.utf8.allSatisfy(isNameByte) {
            faults.append(ConfigurationFault(account.place, "the name has 2 to 32 of a-z, 0-9 and dashes"))
        }
        if !account.expires.isEmpty, CalendarDay.end(of: account.expires) == nil {
            fault("expires", "must be a day such as 2027-06-30")
        }
        for (key, digests) in [("secret_sha256", account.secretDigests), ("key_sha256", account.keyDigests)]
        where !digests.allSatisfy(isDigest) {
            fault(key, "must be SHA-256 digests: 64 hexadecimal digits in small letters")
        }
        let isTrusted = configuration.identity.trustedNetworks.contains { $0.account == account.id }
        if account.secretDigests.isEmpty, account.keyDigests.isEmpty, account.keySetFile == nil, !isTrusted {
            faults.append(
                ConfigurationFault(
                    account.place,
                    "give `secret_sha256`, `key_sha256` or `jwks_file`, or nobody can use it"
                )
            )
        }
        let namespaces = configuration.plugins.map(\.namespace)
        for (key, words, separator) in [("roles", account.roles, Character(".")), ("scopes", account.scopes, ":")] {
            for word in words where !namespaces.contains(String(word.prefix { $0 != separator })) {
                fault(key, "`\(word)` does not begin with the namespace of an enabled plugin")
            }
        }
        for tool in account.consentedTools {
            let parts = tool.split(separator: "_", maxSplits: 1)
            guard parts.count != 2 || !namespaces.contains(String(parts[0])) else { continue }
            fault("consented_tools", "`\(tool)` must be NAMESPACE_TOOL of an enabled plugin")
        }
        if configuration.identity.clients.contains(where: { $0.id == account.id }) {
            faults.append(ConfigurationFault(account.place, "a client has this name; choose another"))
        }
        return faults
    }

    private static func together(_ configuration: Configuration) -> [ConfigurationFault] {
        var faults: [ConfigurationFault] = []
        for issuer in configuration.issuers where issuer.id == "beamline" {
            faults.append(ConfigurationFault(issuer.place, "the name `beamline` is the gateway's own; choose another"))
        }
        if configuration.isAuthorizationServer, !PublicHost.isProtected(configuration.server.publicURL) {
            let message = "people log in over https, or on this machine alone"
            faults.append(ConfigurationFault(configuration.server.place.appending("publicURL"), message))
        }
        let identity = configuration.identity
        let name = identity.developmentUser.name
        if !(1...64).contains(name.utf8.count) || !name.utf8.allSatisfy(isUserByte) {
            faults.append(
                ConfigurationFault(
                    identity.developmentUser.place.appending("name"),
                    "the name has 1 to 64 of a-z, A-Z, 0-9, `.`, `_` and `-`"
                )
            )
        }
        if identity.isDevelopment, !identity.accounts.isEmpty {
            faults.append(
                ConfigurationFault(
                    identity.place.appending("service_accounts"),
                    "there are no service accounts beside the development issuer; make a token with `beamline token`"
                )
            )
        }
        return faults
    }

    private static func isUserByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "."), UInt8(ascii: "_"): true
        default: isNameByte(byte)
        }
    }

    private static func isDigest(_ text: String) -> Bool {
        text.utf8.count == 64
            && text.utf8.allSatisfy {
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                    || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
            }
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
        default: false
        }
    }
}

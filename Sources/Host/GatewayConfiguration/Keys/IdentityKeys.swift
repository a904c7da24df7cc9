/// The keys of `identity`.
enum IdentityKeys {
    static var table: KeyTable<IdentitySettings> {
        KeyTable([
            .bool(
                "development",
                \.isDevelopment,
                takes: .atStart,
                "The issuer for one machine. Needs `host` and `publicURL` on loopback, and no `issuers`"
            ),
            .section(
                "development_user",
                \.developmentUser,
                developmentUser,
                placedAt: \.place,
                "Who logs in where the development issuer runs; the password is new at each start"
            ),
            .named(
                "clients",
                \.clients,
                identifiedBy: \.id,
                element: { client.schema(KnownClientSettings(place: .nowhere)) },
                read: { name, reader in client.read(reader, over: KnownClientSettings(id: name, place: reader.place)) },
                "The clients the site knows, by their client id"
            ),
            .named(
                "service_accounts",
                \.accounts,
                identifiedBy: \.id,
                pattern: "^[a-z][a-z0-9-]{1,31}$",
                element: { account.schema(ServiceAccountSettings(place: .nowhere)) },
                read: { name, reader in
                    account.read(reader, over: ServiceAccountSettings(id: name, place: reader.place))
                },
                "Programs that call for themselves, by name, which is also their client id"
            ),
            .named(
                "trusted_networks",
                \.trustedNetworks,
                identifiedBy: \.name,
                pattern: "^[a-z][a-z0-9-]{0,31}$",
                element: { network.schema(TrustedNetworkSettings(place: .nowhere)) },
                read: { name, reader in
                    network.read(reader, over: TrustedNetworkSettings(name: name, place: reader.place))
                },
                "Places from which a service account reads without a token, by a name for the audit; off when there is none"
            ),
            .bool("registration", \.allowsRegistration, "Whether clients may register themselves (RFC 7591)"),
            .bool("client_documents", \.allowsDocuments, "Whether clients may be known by a metadata document"),
            .texts("client_document_hosts", \.documentHosts, "The hosts whose documents are read; default all"),
            .texts(
                "private_use_redirects",
                \.privateUseRedirects,
                "The redirect URIs with a scheme of their own that clients may have, letter by letter"
            ),
            .section("lifetimes", \.lifetimes, lifetimes, "How long what the gateway gives out holds"),
        ])
    }

    private static var developmentUser: KeyTable<DevelopmentUserSettings> {
        KeyTable([
            .text("name", \.name, takes: .atStart, "The name to log in with"),
            .texts("roles", \.roles, "Their roles, each `NAMESPACE.ROLE`; default all that the plugins have"),
        ])
    }

    private static var client: KeyTable<KnownClientSettings> {
        KeyTable([
            .text("label", \.label, "Its name for people; default its id"),
            .texts("redirect_uris", \.redirectURIs, isRequired: true, "Where it may have people sent back to"),
            .secret("secret", \.secret, "Its secret; none for a public client"),
        ])
    }

    private static var network: KeyTable<TrustedNetworkSettings> {
        KeyTable([
            .texts(
                "addresses",
                \.addresses,
                "Ranges of addresses as the connection shows them, such as `10.1.0.0/16`; never those of a proxy"
            ),
            .optionalText("socket", \.socket, "The path of a Unix socket that the gateway makes, instead of addresses"),
            .neededText("account", \.account, "The service account, a name under `service_accounts`"),
            .neededText("expires", \.expires, "The last day, such as `2027-06-30`, at most a year ahead"),
        ])
    }

    private static var account: KeyTable<ServiceAccountSettings> {
        KeyTable([
            .neededText("owner", \.owner, "Who answers for it"),
            .texts("roles", \.roles, isRequired: true, "Its roles, each `NAMESPACE.ROLE`"),
            .texts("scopes", \.scopes, isRequired: true, "The most it may do, each `NAMESPACE:SCOPE`"),
            .neededText("expires", \.expires, "Its last day, such as `2027-06-30`, at most a year ahead"),
            .texts("secret_sha256", \.secretDigests, "The SHA-256 of its client secrets, in hexadecimal"),
            .texts("key_sha256", \.keyDigests, "The SHA-256 of its static keys, in hexadecimal"),
            .optionalText("jwks_file", \.keySetFile, "A JWK set of its public keys, for `private_key_jwt`"),
            .texts(
                "consented_tools",
                \.consentedTools,
                "The tools, each `NAMESPACE_TOOL`, that it may call although somebody would have to agree"
            ),
        ])
    }

    private static var lifetimes: KeyTable<IdentityLifetimes> {
        let day = Duration.seconds(86_400)
        return KeyTable([
            .time("access_token", \.accessToken, .seconds(60)...(.seconds(3600)), "An access token"),
            .time("code", \.code, .seconds(5)...(.seconds(600)), "A code, until it is redeemed"),
            .time("refresh_token", \.refreshToken, .seconds(600)...(day * 365), "A refresh token that is not used"),
            .time("grant", \.grant, .seconds(600)...(day * 365), "All that somebody allowed a client at one time"),
            .time(
                "refresh_grace",
                \.refreshGrace,
                .zero...(.seconds(300)),
                "How long a refresh token that was replaced gives its successor again"
            ),
            .time("session", \.session, .seconds(60)...(day * 30), "A login in a browser"),
            .time("pending_login", \.pendingLogin, .seconds(60)...(.seconds(3600)), "One step of a login"),
            .time("device_code", \.deviceCode, .seconds(60)...(.seconds(3600)), "The code of a device"),
            .time("device_interval", \.deviceInterval, .seconds(1)...(.seconds(60)), "How often a device may ask"),
            .time("unused_client", \.unusedClient, .seconds(600)...(day * 30), "A registration without a login"),
            .time("used_client", \.usedClient, day...(day * 3650), "A registration since its last use"),
            .time(
                "signing_key",
                \.signingKey,
                .seconds(3600)...(day * 365),
                takes: .atStart,
                "How long a key signs before the next takes over"
            ),
            .time(
                "confirmation",
                \.confirmation,
                .seconds(60)...day,
                "How often an issuer is asked at most whether a login still holds"
            ),
            .time(
                "unconfirmed",
                \.unconfirmed,
                .zero...(day * 30),
                "How long tokens are renewed while the issuer of the login does not answer"
            ),
            .time(
                "state_outage",
                \.stateOutage,
                .zero...day,
                "How long tokens that were accepted go on while the database of the state does not answer"
            ),
        ])
    }
}

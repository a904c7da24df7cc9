import JSON

/// The keys of one of `credentials` of a source of kind `http`.
enum CredentialKeys {
    static var table: KeyTable<CredentialSettings> {
        KeyTable([
            SettingKey("kind", \.kind, isRequired: true, takes: .atOnce) { _ in
                SchemaText.value(
                    "string",
                    "The token of the caller's login, one that its issuer gives for it (RFC 8693), one of the gateway's own client, or one that the caller gives",
                    [("enum", SchemaText.words(CredentialSettings.Kind.allCases.map(\.rawValue)))]
                )
            } read: { reader, standard in
                reader.kind("kind", of: CredentialSettings.Kind.self) ?? standard
            },
            .optionalText("issuer", \.issuer, "The name under `issuers` of who made or makes the token"),
            .choice("token", \.token, "Which token of the login is used: `access` or `id`"),
            .optionalText("audience", \.audience, "Whom the token shall be for"),
            .optionalText("resource", \.resource, "The URI of what the token shall be for (RFC 8707)"),
            .texts("scopes", \.scopes, "What the token shall allow; nothing is asked for beyond"),
            .optionalText("client_id", \.clientID, "For `client_credentials`: the client; default the one of `login`"),
            .secret("client_secret", \.clientSecret, "Its secret; default the one of `login`"),
            .bool(
                "writes",
                \.mayWrite,
                "For `client_credentials`: whether also requests other than GET and HEAD are made with it"
            ),
            .optionalText("label", \.label, "For `user_token`: what the service is called for people"),
            .optionalText("prefix", \.prefix, "For `user_token`: what its tokens begin with, such as `gt-`"),
            .time(
                "lifetime",
                \.lifetime,
                .seconds(60)...(.seconds(366 * 86_400)),
                "For `user_token`: how long a token is kept at most"
            ),
            .optionalText("help", \.help, "For `user_token`: where a person gets such a token, in a sentence"),
        ])
    }
}

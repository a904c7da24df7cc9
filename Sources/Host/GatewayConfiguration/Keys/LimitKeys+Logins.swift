/// The limits of the gateway as an authorization server.
extension LimitKeys {
    static var logins: [SettingKey<LimitSettings>] {
        [
            .integer(
                "registered_clients",
                \.registeredClients,
                1...10_000_000,
                "Clients that registered themselves; above it 429"
            ),
            .integer(
                "registrations_per_minute",
                \.registrationsPerMinute,
                1...100_000,
                "Registrations, and codes of devices that people type, from one address in a minute; above it 429"
            ),
            .integer("registration_bytes", \.registrationBytes, bytes, "The largest registration; above it 400"),
            .integer(
                "token_failures_per_minute",
                \.tokenFailuresPerMinute,
                1...100_000,
                "Refused requests for tokens from one address as one client in a minute; above it 429"
            ),
            .integer(
                "client_document_bytes",
                \.clientDocumentBytes,
                bytes,
                "The largest metadata document of a client"
            ),
            .time(
                "client_document_time",
                \.clientDocumentTime,
                .seconds(1)...(.seconds(60)),
                "How long one such document may take"
            ),
            .integer("client_documents", \.clientDocuments, 1...1000, "Such documents fetched at a time; above it 429"),
            .integer(
                "client_documents_per_minute",
                \.clientDocumentsPerMinute,
                1...100_000,
                "Such documents fetched in a minute; above it 429"
            ),
            .integer(
                "waiting_logins",
                \.waitingLogins,
                1...10_000_000,
                "Logins that are under way, also those that nobody will end; above it 503"
            ),
            .integer(
                "waiting_devices",
                \.waitingDevices,
                1...1_000_000,
                "Devices that wait for somebody to log in; above it 429"
            ),
            .integer(
                "waiting_approvals",
                \.waitingApprovals,
                1...10_000_000,
                "Calls that wait for somebody to agree to them on a page; above it `rate_limited`"
            ),
            .integer(
                "challenges",
                \.challenges,
                1...1000,
                "How often a caller is asked within two minutes for a better token for one tool; above it `forbidden`"
            ),
            .integer("login_bytes", \.loginBytes, bytes, "The largest answer of an issuer to a login"),
            .time(
                "login_time",
                \.loginTime,
                .seconds(1)...(.seconds(60)),
                "How long one request to an issuer may take during a login"
            ),
            .integer(
                "source_tokens",
                \.sourceTokens,
                1...1_000_000,
                "Tokens for sources that are kept in memory until they expire; above it others are forgotten first"
            ),
            .integer(
                "source_token_bytes",
                \.sourceTokenBytes,
                64...(64 << 10),
                "The longest token that is sent to a source, whoever gave it"
            ),
            .time(
                "source_token_renewal",
                \.sourceTokenRenewal,
                .zero...(.seconds(3600)),
                "How old a token is at least that is renewed because a source did not take it"
            ),
        ]
    }
}

/// The limits of tokens and issuers' keys.
extension LimitKeys {
    static var tokens: [SettingKey<LimitSettings>] {
        [
            .integer(
                "remembered_tokens",
                \.rememberedTokens,
                1...10_000_000,
                "Accepted tokens that are remembered, so that they are not verified again"
            ),
            .time(
                "token_memory",
                \.tokenMemory,
                .zero...(.seconds(3600)),
                "How long an accepted token is remembered at most"
            ),
            .time(
                "key_lifetime",
                \.keyLifetime,
                .seconds(300)...(.seconds(604_800)),
                "The longest time an issuer's keys are kept, whatever it says"
            ),
            .time(
                "stale_key_lifetime",
                \.staleKeyLifetime,
                .zero...(.seconds(604_800)),
                "How long old keys serve when an issuer cannot be reached"
            ),
            .time(
                "key_refetch_interval",
                \.keyRefetchInterval,
                .seconds(1)...(.seconds(3600)),
                "The time between two fetches that an unknown key causes"
            ),
            .time(
                "key_fetch_timeout",
                \.keyFetchTimeout,
                .seconds(1)...(.seconds(60)),
                "How long one fetch of keys may take"
            ),
            .integer("key_set_bytes", \.keySetBytes, bytes, "The largest document of keys or metadata"),
            .time(
                "asked_token_memory",
                \.askedTokenMemory,
                .zero...(.seconds(60)),
                "How long an issuer's word that a token holds is believed; so long a token works after its end"
            ),
            .time(
                "refused_token_memory",
                \.refusedTokenMemory,
                .zero...(.seconds(60)),
                "How long an issuer's word that a token does not hold is believed"
            ),
            .integer(
                "token_questions",
                \.tokenQuestions,
                1...1000,
                "Tokens one issuer is asked about at the same time; above it 503"
            ),
        ]
    }
}

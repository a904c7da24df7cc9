/// The keys of `state`.
enum StateKeys {
    static var table: KeyTable<StateSettings> {
        KeyTable([
            .text(
                "directory",
                \.directory,
                takes: .atStart,
                "A folder for the gateway's own files, for the owner alone"
            ),
            .optionalSection(
                "postgresql",
                \.database,
                database,
                defaults: StateDatabaseSettings(),
                takes: .atStart,
                "The database that several gateways share for logins, grants and keys; without it they lie in a file"
            ),
            .secret(
                "sealing_key",
                \.sealingKey,
                "At least 32 random bytes that seal open questions, the same on every replica"
            ),
            .secret(
                "former_sealing_key",
                \.formerSealingKey,
                "The key before it, kept for as long as questions may stay open"
            ),
        ])
    }

    private static var database: KeyTable<StateDatabaseSettings> {
        KeyTable(
            PostgreSQLKeys.server(\.server, user: "The role to connect as; it makes the tables at the first start") + [
                .time(
                    "timeout",
                    \.timeout,
                    .milliseconds(100)...(.seconds(60)),
                    "How long one step may take; then logins are told to come back later"
                )
            ]
        )
    }
}

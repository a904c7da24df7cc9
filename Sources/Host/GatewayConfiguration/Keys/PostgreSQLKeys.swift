/// The keys that say where a PostgreSQL server is and how it is used.
enum PostgreSQLKeys {
    /// The keys, for settings that have a server somewhere.
    static func server<Settings>(
        _ path: WritableKeyPath<Settings, PostgreSQLSettings>,
        user: String
    ) -> [SettingKey<Settings>] {
        [
            .neededText(
                "host",
                path.appending(path: \.host),
                "The server's name or address, or the folder of its socket"
            ),
            .integer("port", path.appending(path: \.port), 1...65_535, "The server's port"),
            .neededText("database", path.appending(path: \.database), "The database"),
            .neededText("user", path.appending(path: \.user), user),
            .secret(
                "password",
                path.appending(path: \.password),
                "`{file: PATH}` or `{env: NAME}`; none for authentication without one"
            ),
            .choice(
                "ssl_mode",
                path.appending(path: \.encryption),
                "What is asked of TLS, in libpq's words; use `verify-full` beyond one machine"
            ),
            .optionalText(
                "ssl_root_cert",
                path.appending(path: \.rootCertificateFile),
                "A PEM file of the authorities of the server's certificate"
            ),
            .texts(
                "search_path",
                path.appending(path: \.searchPath),
                "The schemas in which names without one are looked for, in order"
            ),
            .integer(
                "connections",
                path.appending(path: \.connections),
                1...256,
                "Connections open at the same time"
            ),
            .integer(
                "waiting",
                path.appending(path: \.waiting),
                0...10_000,
                "Statements that may wait for a connection; one more is refused"
            ),
            .time(
                "connect_timeout",
                path.appending(path: \.connectTimeout),
                .milliseconds(100)...(.seconds(60)),
                "How long a connection may take to stand"
            ),
        ]
    }
}

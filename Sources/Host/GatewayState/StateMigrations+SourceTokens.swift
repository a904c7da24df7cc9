/// What sources are asked with for people: the tokens of their logins, and those that they gave.
extension StateMigrations {
    static let sourceTokens = [
        "ALTER TABLE logins ADD COLUMN sealed_tokens TEXT",
        // Who renews the tokens of a login at this moment: a refresh token is good for one.
        "ALTER TABLE logins ADD COLUMN lease TEXT",
        "ALTER TABLE logins ADD COLUMN leased_until BIGINT",
        """
        CREATE TABLE given_tokens (
            person TEXT NOT NULL, source TEXT NOT NULL, issuer TEXT NOT NULL, subject TEXT NOT NULL,
            sealed TEXT NOT NULL, given_at BIGINT NOT NULL, expires_at BIGINT NOT NULL, PRIMARY KEY (person, source)
        )
        """,
    ]
}

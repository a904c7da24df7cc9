/// What the issuers of people's logins last said.
extension StateMigrations {
    static let logins = [
        """
        CREATE TABLE logins (
            issuer TEXT NOT NULL, subject TEXT NOT NULL, provider TEXT NOT NULL, username TEXT,
            user_groups TEXT NOT NULL, authenticated_at BIGINT, proven_at BIGINT NOT NULL,
            confirmed_at BIGINT NOT NULL, expires_at BIGINT NOT NULL, sealed_upstream TEXT,
            PRIMARY KEY (issuer, subject)
        )
        """
    ]
}

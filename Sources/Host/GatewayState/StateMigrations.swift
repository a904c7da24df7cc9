/// The tables, step by step; a step that was released is never changed.
enum StateMigrations {
    /// Statements that are carried out once, all or none.
    struct Step {
        let name: String
        let statements: [String]
    }

    static let steps = [
        Step(name: "1-authorization-server", statements: authorizationServer),
        Step(name: "2-calls", statements: calls),
        Step(name: "3-logins", statements: logins),
        Step(name: "4-source-tokens", statements: sourceTokens),
        Step(name: "5-operator-acts", statements: acts),
    ]

    /// Carries out the steps that were not yet, in a transaction that no other one runs beside.
    static func run(_ db: Database) throws {
        try db.execute(sql: "CREATE TABLE IF NOT EXISTS state_steps (name TEXT PRIMARY KEY)")
        let done = try String.fetchSet(db, sql: "SELECT name FROM state_steps")
        for step in steps where !done.contains(step.name) {
            for statement in step.statements { try db.execute(sql: statement) }
            try db.execute(sql: "INSERT INTO state_steps (name) VALUES (?)", arguments: [step.name])
        }
    }

    private static let authorizationServer = [
        """
        CREATE TABLE clients (
            id TEXT PRIMARY KEY, name TEXT NOT NULL, metadata TEXT NOT NULL, secret_digest TEXT,
            created_at BIGINT NOT NULL, used_at BIGINT, expires_at BIGINT NOT NULL
        )
        """,
        """
        CREATE TABLE identities (
            issuer TEXT NOT NULL, subject TEXT NOT NULL, person TEXT NOT NULL, linked_at BIGINT NOT NULL,
            PRIMARY KEY (issuer, subject)
        )
        """,
        "CREATE INDEX identities_by_person ON identities (person)",
        """
        CREATE TABLE pending_logins (
            digest TEXT PRIMARY KEY, sealed TEXT NOT NULL, expires_at BIGINT NOT NULL
        )
        """,
        """
        CREATE TABLE browser_sessions (
            digest TEXT PRIMARY KEY, sealed TEXT NOT NULL, expires_at BIGINT NOT NULL
        )
        """,
        """
        CREATE TABLE consents (
            person TEXT NOT NULL, client TEXT NOT NULL, redirect_uri TEXT NOT NULL, scopes TEXT NOT NULL,
            given_at BIGINT NOT NULL, PRIMARY KEY (person, client, redirect_uri)
        )
        """,
        """
        CREATE TABLE grants (
            id TEXT PRIMARY KEY, client TEXT NOT NULL, client_name TEXT NOT NULL, person TEXT NOT NULL,
            provider TEXT NOT NULL, issuer TEXT NOT NULL, subject TEXT NOT NULL, username TEXT,
            user_groups TEXT NOT NULL, scopes TEXT NOT NULL, authenticated_at BIGINT, created_at BIGINT NOT NULL,
            used_at BIGINT NOT NULL, confirmed_at BIGINT NOT NULL, expires_at BIGINT NOT NULL, ended_at BIGINT,
            sealed_upstream TEXT
        )
        """,
        "CREATE INDEX grants_by_person ON grants (person)",
        """
        CREATE TABLE codes (
            digest TEXT PRIMARY KEY, grant_id TEXT NOT NULL, client TEXT NOT NULL, redirect_uri TEXT NOT NULL,
            challenge TEXT NOT NULL, used_at BIGINT, expires_at BIGINT NOT NULL
        )
        """,
        """
        CREATE TABLE refresh_tokens (
            digest TEXT PRIMARY KEY, grant_id TEXT NOT NULL, client TEXT NOT NULL, rotated_at BIGINT,
            successor TEXT, sealed_successor TEXT, expires_at BIGINT NOT NULL
        )
        """,
        "CREATE INDEX refresh_tokens_by_grant ON refresh_tokens (grant_id)",
        """
        CREATE TABLE devices (
            digest TEXT PRIMARY KEY, user_code TEXT NOT NULL UNIQUE, client TEXT NOT NULL, scopes TEXT NOT NULL,
            state TEXT NOT NULL, grant_id TEXT, polled_at BIGINT, poll_interval BIGINT NOT NULL,
            expires_at BIGINT NOT NULL
        )
        """,
        """
        CREATE TABLE signing_keys (
            id TEXT PRIMARY KEY, sealed TEXT NOT NULL, signs_from BIGINT NOT NULL, retires_at BIGINT NOT NULL
        )
        """,
        """
        CREATE TABLE revocations (
            kind TEXT NOT NULL, value TEXT NOT NULL, revoked_at BIGINT NOT NULL, PRIMARY KEY (kind, value)
        )
        """,
        """
        CREATE TABLE spent_identifiers (
            kind TEXT NOT NULL, value TEXT NOT NULL, expires_at BIGINT NOT NULL, PRIMARY KEY (kind, value)
        )
        """,
    ]

    /// What people say to calls, what operators block, and who must log in anew.
    private static let calls = [
        """
        CREATE TABLE call_consents (
            purpose TEXT PRIMARY KEY, digest TEXT NOT NULL UNIQUE, caller TEXT NOT NULL, sealed TEXT NOT NULL,
            state TEXT NOT NULL, expires_at BIGINT NOT NULL
        )
        """,
        "CREATE INDEX call_consents_by_caller ON call_consents (caller)",
        """
        CREATE TABLE blocks (
            kind TEXT NOT NULL, name TEXT NOT NULL, reason TEXT NOT NULL, blocked_by TEXT NOT NULL,
            blocked_at BIGINT NOT NULL, PRIMARY KEY (kind, name)
        )
        """,
        """
        CREATE TABLE login_demands (
            issuer TEXT NOT NULL, subject TEXT NOT NULL, client TEXT NOT NULL, max_age BIGINT NOT NULL,
            expires_at BIGINT NOT NULL, PRIMARY KEY (issuer, subject, client)
        )
        """,
    ]
}

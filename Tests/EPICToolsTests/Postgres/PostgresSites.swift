import PostgresClient
import PostgresServer
import PostgresSource
import SampleData

/// The sample in databases of a real PostgreSQL, made once for all tests.
actor PostgresSites {
    /// How a database differs from the other one.
    enum Kind: CaseIterable {
        /// Its zone is UTC, and texts are ordered and changed in case byte by byte, as SQLite does.
        case plain
        /// Its zone is New York's, and texts are ordered and changed in case as in English.
        case american
    }

    private static let shared = PostgresSites()

    private var making: [Kind: Task<(SampleSite, database: String), any Error>] = [:]

    /// The site with such a database.
    static func site(_ kind: Kind) async throws -> SampleSite { try await shared.task(kind).value.0 }

    /// What `psql` says to statements in such a database.
    static func psql(_ kind: Kind, _ statements: String) async throws -> String {
        let database = try await shared.task(kind).value.database
        return try await SharedPostgresServer.server().sql(statements, database: database)
    }

    private func task(_ kind: Kind) -> Task<(SampleSite, database: String), any Error> {
        if let task = making[kind] { return task }
        let task = Task { try await Self.make(kind) }
        making[kind] = task
        return task
    }

    private static func make(_ kind: Kind) async throws -> (SampleSite, database: String) {
        let server = try await SharedPostgresServer.server()
        let name = try await server.makeDatabase(
            options: kind == .plain ? "" : "TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en-US'"
        )
        let zone = kind == .plain ? "UTC" : "America/New_York"
        _ = try await server.sql("ALTER DATABASE \(name) SET timezone = '\(zone)'")
        try await server.run(script: SamplePostgres.script(SampleSite.database), database: name)
        let parameters = PostgresParameters(
            host: "127.0.0.1",
            port: server.port,
            database: name,
            user: "postgres",
            encryption: .disable
        )
        let source = PostgresSource(name: "epic", settings: PostgresSettings(server: parameters))
        return (SampleSite(source: source), name)
    }
}

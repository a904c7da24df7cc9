import GatewayCore
import JSON
import PostgresClient
import PostgresServer
import PostgresSource

extension PostgresServer {
    /// Where this server is.
    func parameters(database: String = "postgres", user: String = "postgres") -> PostgresParameters {
        PostgresParameters(host: "127.0.0.1", port: port, database: database, user: user, encryption: .disable)
    }

    /// A source on this server.
    func source(
        database: String = "postgres",
        connections: Int = 4,
        waiting: Int = 64,
        maximumRows: Int = 10_000,
        maximumBytes: Int = 8 << 20,
        maximumRowBytes: Int = 32 << 20,
        isWritable: Bool = false,
        firstBackOff: Duration = .milliseconds(100),
        change: (inout PostgresParameters) -> Void = { _ in }
    ) -> PostgresSource {
        var parameters = parameters(database: database)
        change(&parameters)
        let settings = PostgresSettings(
            server: parameters,
            maximumConnections: connections,
            waiting: waiting,
            maximumRows: maximumRows,
            maximumBytes: maximumBytes,
            maximumRowBytes: maximumRowBytes,
            isWritable: isWritable,
            firstBackOff: firstBackOff,
            longestBackOff: max(firstBackOff, .seconds(5))
        )
        return PostgresSource(name: "sample", settings: settings)
    }

    /// How many sessions with this application's name run a statement now.
    func running(_ application: String) async throws -> Int {
        let count = try await sql(
            "SELECT count(*) FROM pg_stat_activity WHERE application_name = '\(application)' AND state = 'active'"
        )
        return Int(count) ?? -1
    }
}

extension PostgresSource {
    /// Runs one statement with generous limits.
    func rows(
        _ statement: String,
        _ parameters: [JSONValue] = [],
        maximumRows: Int = 10_000,
        maximumBytes: Int = 8 << 20,
        within duration: Duration = .seconds(60)
    ) async throws(SourceError) -> SQLRows {
        try await query(
            SQLQuery(
                statement: statement,
                parameters: parameters,
                maximumRows: maximumRows,
                maximumBytes: maximumBytes,
                deadline: .after(duration)
            )
        )
    }

    /// The rows as JSON text.
    func json(_ statement: String, _ parameters: [JSONValue] = []) async throws(SourceError) -> String {
        String(decoding: try await rows(statement, parameters).rows, as: UTF8.self)
    }

    /// Why a statement fails; nil when it does not.
    func failure(
        _ statement: String,
        _ parameters: [JSONValue] = [],
        within duration: Duration = .seconds(60)
    ) async -> SourceError? {
        do throws(SourceError) {
            _ = try await rows(statement, parameters, within: duration)
            return nil
        } catch {
            return error
        }
    }
}

extension SourceError {
    /// What the operator reads, when there is something.
    var operatorDetail: String? {
        switch self {
        case .rejected(let detail), .unavailable(let detail), .unconfirmed(let detail), .unanswered(let detail): detail
        case .invalid, .down, .timeout, .tooLarge, .cancelled, .unsupported, .noCredential: nil
        }
    }

    var isUnavailable: Bool {
        switch self {
        case .unavailable, .down: true
        case .invalid, .rejected, .unconfirmed, .unanswered, .timeout, .tooLarge, .cancelled, .unsupported,
            .noCredential:
            false
        }
    }

    var isRejected: Bool {
        if case .rejected = self { true } else { false }
    }
}

/// Longer than any test lasts.
let endless = "SELECT pg_sleep(600)"

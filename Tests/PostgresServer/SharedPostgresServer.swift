/// The server most tests of one run share, because it takes seconds to make; nobody may stop it.
package actor SharedPostgresServer {
    private static let shared = SharedPostgresServer()

    private var starting: Task<PostgresServer, any Error>?

    package static func server() async throws -> PostgresServer { try await shared.task().value }

    private func task() -> Task<PostgresServer, any Error> {
        if let starting { return starting }
        let task = Task { try await PostgresServer.start() }
        starting = task
        return task
    }
}

import GatewayState
import PostgresServer
import TestSupport
import Testing

@Suite("A database of the state that fails")
struct StateOutageTests {
    private func isUnreachable(_ error: any Error) -> Bool {
        guard case .unreachable = error as? StateError else { return false }
        return true
    }

    @Test func `is said to be unreachable, and is used again when it is back`() async throws {
        let server = try await PostgresServer.start()
        let place = StatePlace.database(try await server.makeDatabase(), server)
        let store = try await place.open()
        try await store.add(OpenStore.grant())
        try await server.stop(.immediate)
        for _ in 0..<3 {
            await #expect { try await store.liveGrant("g1", at: 200) } throws: { isUnreachable($0) }
            await #expect { try await store.endGrant("g1", at: 200) } throws: { isUnreachable($0) }
        }
        await #expect { try await place.open() } throws: { isUnreachable($0) }
        try await server.resume()
        let grant = try await Polling.wait(for: "the state") { try? await store.liveGrant("g1", at: 200) }
        #expect(grant == OpenStore.grant())
        try await store.endGrant("g1", at: 200)
    }

    @Test func `that takes too long is not waited for`() async throws {
        let server = try await SharedPostgresServer.server()
        let database = try await server.makeDatabase()
        let place = StatePlace.database(database, server)
        let patient = try await place.open()
        let store = try await place.open(timeout: .milliseconds(200))
        try await patient.add(OpenStore.grant())
        async let locked = server.sql("BEGIN; LOCK TABLE grants; SELECT pg_sleep(2)", database: database)
        try await Polling.wait(for: "a time-out") {
            do throws(StateError) {
                _ = try await store.grant("g1")
                return nil as Void?
            } catch {
                #expect(isUnreachable(error))
                return ()
            }
        }
        #expect(try await patient.grant("g1") == OpenStore.grant())
        _ = try await locked
    }

    @Test func `in which the gateway may make no tables is none of its own`() async throws {
        let server = try await SharedPostgresServer.server()
        let database = try await server.makeDatabase()
        _ = try await server.sql("ALTER DATABASE \(database) SET search_path = nowhere")
        let place = StatePlace.database(database, server)
        await #expect(throws: StateError.failed(detail: "PostgreSQL: SQLSTATE 3F000")) { try await place.open() }
    }
}

import GatewayCore
import JSON
import PostgresClient
import PostgresServer
import PostgresSource
import Testing
import TestSupport

struct EncryptionTests {
    @Test func `the server's certificate is checked, and statements run and end over TLS`() async throws {
        let server = try await PostgresServer.start(isEncrypted: true)
        let source = server.source(connections: 1) {
            $0.encryption = .verifyFull
            $0.rootCertificates = server.certificate
            $0.applicationName = "encrypted"
        }
        #expect(try await source.json("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()") == "[[true]]")
        #expect(try await source.rows("SELECT repeat('x', 1000), generate_series(1, 5000)").count == 5000)
        let cut = try await source.rows("SELECT repeat('x', 1000), generate_series(1, 100000000)", maximumRows: 5)
        #expect(cut.count == 5)
        let task = Task { await source.failure(endless) }
        try await Polling.wait(for: "the statement") { try await server.running("encrypted") == 1 ? () : nil }
        task.cancel()
        #expect(await task.value == .cancelled)
        #expect(try await source.json("SELECT 1") == "[[1]]")

        let other = try await PostgresServer.start(isEncrypted: true)
        let deceived = server.source {
            $0.encryption = .verifyFull
            $0.rootCertificates = other.certificate
        }
        let detail = try #require(await deceived.failure("SELECT 1")?.operatorDetail)
        #expect(detail.contains("certificate verify failed"), "\(detail)")
        let blind = server.source { $0.encryption = .verifyFull }
        let missing = try #require(await blind.failure("SELECT 1")?.operatorDetail)
        #expect(missing.contains("root certificate file"), "\(missing)")
        try await other.stop(.immediate)
        try await server.stop(.immediate)
    }

    @Test func `settings are printed without the password`() {
        let parameters = PostgresParameters(host: "db", database: "panda", user: "reader", password: "staple")
        let settings = PostgresSettings(server: parameters)
        var dumped = ""
        dump(settings, to: &dumped)
        for text in ["\(parameters)", "\(settings)", String(reflecting: settings), dumped] {
            #expect(text.contains("reader@db:5432/panda"))
            #expect(!text.contains("staple"))
        }
    }
}

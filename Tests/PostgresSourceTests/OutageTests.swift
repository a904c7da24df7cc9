import PostgresClient
import GatewayCore
import JSON
import PostgresServer
import PostgresSource
import Testing
import TestSupport

struct OutageTests {
    @Test(arguments: [PostgresServer.StopMode.immediate, .fast])
    func `a server that stops ends every call, and the source recovers by itself`(
        mode: PostgresServer.StopMode
    ) async throws {
        let server = try await PostgresServer.start()
        let source = server.source(connections: 4) { $0.applicationName = "outage" }
        let calls = (0..<8).map { _ in Task { await source.failure(endless) } }
        try await Polling.wait(for: "the statements") { try await server.running("outage") == 4 ? () : nil }
        try await server.stop(mode)
        for call in calls {
            let failure = try #require(await call.value)
            #expect(failure.isUnavailable, "\(failure)")
        }
        for _ in 0..<100 {
            let failure = try #require(await source.failure("SELECT 1"))
            #expect(failure.isUnavailable, "\(failure)")
        }
        try await server.resume()
        try await Polling.wait(for: "the first answer", within: .seconds(60)) {
            try? await source.json("SELECT 1") == "[[1]]" ? () : nil
        }
        #expect(try await source.json("SELECT 1") == "[[1]]")
        try await server.stop(.immediate)
    }

    @Test func `connections that died while idle are replaced before they are used`() async throws {
        let server = try await SharedPostgresServer.server()
        let source = server.source(connections: 2) { $0.applicationName = "idle" }
        for _ in 0..<5 {
            #expect(try await source.json("SELECT 1") == "[[1]]")
            let ended = try await server.sql(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = 'idle'"
            )
            #expect(ended == "t")
        }
        #expect(try await source.json("SELECT 1") == "[[1]]")
    }

    @Test func `while the server is down the reason is told and the next attempt awaited`() async throws {
        let server = try await SharedPostgresServer.server()
        let port = try FreePort.find()
        let source = server.source(firstBackOff: .seconds(300)) { $0.port = port }
        let first = try #require(await source.failure("SELECT 1")?.operatorDetail)
        #expect(first.contains("Connection refused"), "\(first)")
        let second = try #require(await source.failure("SELECT 1"))
        guard case .down(let time) = second else {
            Issue.record("\(second)")
            return
        }
        #expect(time > .seconds(100) && time <= .seconds(300))
    }

    @Test func `a wrong password is told without the password`() async throws {
        let server = try await SharedPostgresServer.server()
        let wrong = server.source {
            $0.user = "guarded"
            $0.password = "wrong staple"
        }
        let detail = try #require(await wrong.failure("SELECT 1")?.operatorDetail)
        #expect(detail.contains("password authentication failed for user \"guarded\""), "\(detail)")
        #expect(!detail.contains("staple"))
        let right = server.source {
            $0.user = "guarded"
            $0.password = PostgresServer.password
        }
        #expect(try await right.json("SELECT current_user") == #"[["guarded"]]"#)
    }

    @Test func `an unknown database, an unknown host and missing TLS are told`() async throws {
        let server = try await SharedPostgresServer.server()
        let unknown = try #require(await server.source(database: "nowhere").failure("SELECT 1")?.operatorDetail)
        #expect(unknown.contains("database \"nowhere\" does not exist"), "\(unknown)")
        let lost = server.source { $0.host = "/nonexistent" }
        let detail = try #require(await lost.failure("SELECT 1")?.operatorDetail)
        #expect(detail.contains("No such file or directory"), "\(detail)")
        let plain = server.source { $0.encryption = .require }
        let refused = try #require(await plain.failure("SELECT 1")?.operatorDetail)
        #expect(refused.contains("server does not support SSL"), "\(refused)")
    }

    @Test func `a server that says nothing keeps nobody beyond the deadline`() async throws {
        let silent = try SilentListener()
        let source = try await SharedPostgresServer.server().source(connections: 2) {
            $0.port = silent.port
            $0.connectTimeout = .seconds(300)
        }
        let clock = SuspendingClock()
        let began = clock.now
        #expect(await source.failure("SELECT 1", within: .milliseconds(50)) == .timeout)
        let task = Task { await source.failure("SELECT 1") }
        task.cancel()
        #expect(await task.value == .cancelled)
        #expect(began.duration(to: clock.now) < .seconds(300))
    }

    @Test func `connecting takes as long as it may`() async throws {
        let silent = try SilentListener()
        let source = try await SharedPostgresServer.server().source {
            $0.port = silent.port
            $0.connectTimeout = .milliseconds(50)
        }
        #expect(
            await source.failure("SELECT 1")
                == .unavailable(detail: "PostgreSQL: the server did not answer in time")
        )
    }

    @Test func `connections cut again and again leave no statement waiting`() async throws {
        let server = try await SharedPostgresServer.server()
        let source = server.source(connections: 8) { $0.applicationName = "cut" }
        async let cutting = server.sql(
            """
            DO $$ BEGIN
              FOR cut IN 1..150 LOOP
                PERFORM pg_stat_clear_snapshot();
                PERFORM pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'cut';
                PERFORM pg_sleep(0.01);
              END LOOP;
            END $$
            """
        )
        let failures = await withTaskGroup(of: [SourceError].self) { group in
            for _ in 0..<24 {
                group.addTask {
                    var failures: [SourceError] = []
                    for number in 0..<60 {
                        if let failure = await source.failure("SELECT \(number)", within: .seconds(10)) {
                            failures.append(failure)
                        }
                    }
                    return failures
                }
            }
            return await group.reduce(into: []) { $0 += $1 }
        }
        _ = try await cutting
        #expect(failures.filter { !$0.isUnavailable } == [])
        #expect(try await source.json("SELECT 1") == "[[1]]")
    }
}

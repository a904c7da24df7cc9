import HTTPServer
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ShutdownTests {
    @Test
    func `lets a running request end, and closes idle connections`() async throws {
        let reached = Gate()
        let mayEnd = Gate()
        var configuration = ListenerConfiguration(threads: 2)
        configuration.drainTimeout = .seconds(30)
        let handler = ClosureHandler { request in
            if request.path == "/slow" {
                reached.open()
                await mayEnd.wait()
            }
            return echo(request)
        }
        let listener = try await Listener.bind(configuration, handler: handler)
        var idle = try await WireClient.connect(to: listener.port)
        try await idle.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try await idle.answer().status == 200)
        var busy = try await WireClient.connect(to: listener.port)
        try await busy.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n")
        await reached.wait()

        async let shutdown: Void = listener.shutdown()
        #expect(await idle.readToEnd() == "")
        mayEnd.open()
        let answer = try await busy.answer()
        #expect(answer.content == "GET /slow ")
        #expect(answer.field("Connection") == "close")
        #expect(await busy.readToEnd() == "")
        await shutdown
        await #expect(throws: (any Error).self) { try await WireClient.connect(to: listener.port) }
    }

    @Test
    func `a stream that ends after the shutdown began holds it up no longer`() async throws {
        let mayEnd = Gate()
        let handler = ClosureHandler { request in
            guard request.path == "/stream" else { return echo(request) }
            return HTTPResponse(
                status: 200,
                body: .stream { writer in
                    try await writer.write(Array("open".utf8))
                    await mayEnd.wait()
                }
            )
        }
        // Longer than the test may take.
        let configuration = ListenerConfiguration(drainTimeout: .seconds(600), threads: 1)
        let listener = try await Listener.bind(configuration, handler: handler)
        var idle = try await WireClient.connect(to: listener.port)
        try await idle.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try await idle.answer().status == 200)
        var reader = try await WireClient.connect(to: listener.port)
        try await reader.send("GET /stream HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try await reader.text(54).hasSuffix("4\r\nopen"))

        async let shutdown: Void = listener.shutdown()
        #expect(await idle.readToEnd() == "")
        mayEnd.open()
        #expect(await reader.readToEnd() == "\r\n0\r\n\r\n")
        await shutdown
    }

    @Test
    func `cancels a request that does not end in time`() async throws {
        let reached = Gate()
        let cancelled = Gate()
        let configuration = ListenerConfiguration(drainTimeout: .milliseconds(30), threads: 1)
        let handler = ClosureHandler { request in
            reached.open()
            await cancelled.openWhenCancelled()
            return echo(request)
        }
        let listener = try await Listener.bind(configuration, handler: handler)
        var client = try await WireClient.connect(to: listener.port)
        try await client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        await reached.wait()
        await listener.shutdown()
        await cancelled.wait()
        #expect(await client.readToEnd() == "")
    }

    @Test
    func `leaves a request behind that ignores its cancellation`() async throws {
        let reached = Gate()
        let mayEnd = Gate()
        let configuration = ListenerConfiguration(drainTimeout: .milliseconds(20), threads: 1)
        let handler = ClosureHandler { request in
            reached.open()
            await mayEnd.wait()
            return echo(request)
        }
        let listener = try await Listener.bind(configuration, handler: handler)
        var client = try await WireClient.connect(to: listener.port)
        try await client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        await reached.wait()
        await listener.shutdown()
        #expect(await client.readToEnd() == "")
        mayEnd.open()
    }

    @Test
    func `runs until it is shut down`() async throws {
        let listener = try await Listener.bind(ListenerConfiguration(threads: 1), handler: ClosureHandler { echo($0) })
        async let run: Void = listener.run()
        await listener.shutdown()
        await listener.shutdown()
        try await run
    }

    @Test
    func `cancelling the run is a shutdown`() async throws {
        let listener = try await Listener.bind(ListenerConfiguration(threads: 1), handler: ClosureHandler { echo($0) })
        try await withThrowingTaskGroup { group in
            group.addTask { try await listener.run() }
            group.cancelAll()
            try await group.waitForAll()
        }
        await #expect(throws: (any Error).self) { try await WireClient.connect(to: listener.port) }
    }

    @Test
    func `says which address cannot be bound`() async throws {
        try await serving { listener in
            let taken = ListenerConfiguration(port: listener.port, threads: 1)
            let error = await #expect(throws: ListenerError.self) {
                _ = try await Listener.bind(taken, handler: ClosureHandler { echo($0) })
            }
            guard case .cannotBind(let host, let port, _) = error else {
                Issue.record("expected cannotBind, got \(String(describing: error))")
                return
            }
            #expect(host == "127.0.0.1")
            #expect(port == listener.port)
            #expect(listener.host == "127.0.0.1")
        }
    }
}

import HTTPServer
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ConnectionTests {
    @Test
    func `keeps the connection for further requests`() async throws {
        try await serving { listener in
            var client = try await WireClient.connect(to: listener.port)
            for path in ["/1", "/2", "/3"] {
                try await client.send("POST \(path) HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx")
                let answer = try await client.answer()
                #expect(answer.content == "POST \(path) x")
                #expect(answer.field("Connection") == nil)
            }
        }
    }

    @Test(arguments: [
        "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        "GET / HTTP/1.0\r\nHost: a\r\n\r\n",
        "GET / HTTP/1.0\r\nHost: a\r\nConnection: keep-alive\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n",
    ])
    func `closes after the answer`(request: String) async throws {
        try await serving { listener in
            var client = try await WireClient.connect(to: listener.port)
            try await client.send(request)
            let answer = try await client.answer()
            #expect(answer.status == 200)
            #expect(answer.field("Connection") == "close")
            #expect(await client.readToEnd() == "")
        }
    }

    @Test
    func `answers requests sent ahead one at a time and in order`() async throws {
        let running = Atomic(0)
        let mostRunning = Atomic(0)
        try await serving(respond: { request in
            let count = running.add(1, ordering: .sequentiallyConsistent).newValue
            mostRunning.max(count, ordering: .sequentiallyConsistent)
            // The first takes longest, so that any overtaking would show.
            for _ in 0..<(request.path == "/1" ? 1000 : 1) { await Task.yield() }
            running.subtract(1, ordering: .sequentiallyConsistent)
            return echo(request)
        }) { listener in
            var client = try await WireClient.connect(to: listener.port)
            try await client.send(
                "POST /1 HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\naPOST /2 HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nb"
            )
            try await client.send("cGET /3 HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try await client.answer().content == "POST /1 a")
            #expect(try await client.answer().content == "POST /2 bc")
            #expect(try await client.answer().content == "GET /3 ")
        }
        #expect(mostRunning.load(ordering: .sequentiallyConsistent) == 1)
    }

    @Test
    func `requests sent while one runs are read after it`() async throws {
        let reached = Gate()
        let sent = Gate()
        try await serving(respond: { request in
            if request.path == "/1" {
                reached.open()
                await sent.wait()
            }
            return echo(request)
        }) { listener in
            var client = try await WireClient.connect(to: listener.port)
            try await client.send("GET /1 HTTP/1.1\r\nHost: a\r\n\r\n")
            await reached.wait()
            // More than one read, so that reading must pause and go on.
            let content = String(repeating: "x", count: 500_000)
            client.post("POST /2 HTTP/1.1\r\nHost: a\r\nContent-Length: 500000\r\n\r\n\(content)")
            client.post("GET /3 HTTP/1.1\r\nHost: a\r\n\r\n")
            sent.open()
            #expect(try await client.answer().content == "GET /1 ")
            #expect(try await client.answer().content == "POST /2 \(content)")
            #expect(try await client.answer().content == "GET /3 ")
        }
    }

    @Test
    func `what follows a bad request sent ahead is not answered`() async throws {
        try await serving { listener in
            var client = try await WireClient.connect(to: listener.port)
            let good = "GET /1 HTTP/1.1\r\nHost: a\r\n\r\n"
            try await client.send(good + "nonsense\r\n\r\n" + good)
            #expect(try await client.answer().status == 200)
            #expect(try await client.answer().status == 400)
            #expect(await client.readToEnd() == "")
        }
    }

    @Test
    func `lets a client that asks first send its content`() async throws {
        try await serving { listener in
            var client = try await WireClient.connect(to: listener.port)
            try await client.send(
                "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-Continue\r\nContent-Length: 2\r\n\r\n"
            )
            #expect(try await client.answer() == WireAnswer(status: 100, fields: [], content: ""))
            try await client.send("ok")
            #expect(try await client.answer().content == "POST / ok")
        }
    }

    @Test
    func `refuses a client that asks first with too large content`() async throws {
        try await serving({ $0.maximumBodyBytes = 1 }) { listener in
            var client = try await WireClient.connect(to: listener.port)
            try await client.send(
                "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n"
            )
            #expect(try await client.answer().status == 413)
            #expect(await client.readToEnd() == "")
        }
    }

    @Test
    func `a disconnect cancels the request`() async throws {
        let reached = Gate()
        let cancelled = Gate()
        try await serving(respond: { request in
            reached.open()
            await cancelled.openWhenCancelled()
            return echo(request)
        }) { listener in
            let client = try await WireClient.connect(to: listener.port)
            try await client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            await reached.wait()
            try await client.close()
            await cancelled.wait()
        }
    }

    @Test
    func `a disconnect cancels the request although reading is paused`() async throws {
        let reached = Gate()
        let cancelled = Gate()
        try await serving(respond: { request in
            reached.open()
            await cancelled.openWhenCancelled()
            return echo(request)
        }) { listener in
            let client = try await WireClient.connect(to: listener.port)
            let request = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"
            try await client.send(request + request + request)
            await reached.wait()
            try await client.close()
            await cancelled.wait()
        }
    }

    @Test
    func `a disconnect fails the writes of a stream`() async throws {
        let failure = Mutex<HTTPWriteError?>(nil)
        let ended = Gate()
        try await serving(respond: { _ in
            HTTPResponse(
                status: 200,
                body: .stream { writer in
                    do throws(HTTPWriteError) {
                        while true { try await writer.write(Array("x".utf8)) }
                    } catch {
                        failure.withLock { $0 = error }
                    }
                    ended.open()
                }
            )
        }) { listener in
            var client = try await WireClient.connect(to: listener.port)
            try await client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            _ = try await client.answer(hasContent: false)
            try await client.close()
            await ended.wait()
        }
        #expect(failure.withLock { $0 } == .disconnected)
    }
}

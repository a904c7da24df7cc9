import HTTPServer
import Testing

@Suite(.timeLimit(.minutes(1)))
struct LimitTests {
    @Test(arguments: [(10, 200), (11, 413)])
    func `bounds content of known length`(count: Int, status: Int) async throws {
        try await serving({ $0.maximumBodyBytes = 10 }) { listener in
            var client = try await WireClient.connect(to: listener.port)
            let content = String(repeating: "x", count: count)
            try await client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: \(count)\r\n\r\n\(content)")
            let answer = try await client.answer()
            #expect(answer.status == status)
            #expect(answer.field("Connection") == (status == 200 ? nil : "close"))
            if status != 200 { #expect(await client.readToEnd() == "") }
        }
    }

    @Test
    func `refuses large content without waiting for it`() async throws {
        try await serving({ $0.maximumBodyBytes = 10 }) { listener in
            var client = try await WireClient.connect(to: listener.port)
            try await client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\n\r\n")
            #expect(try await client.answer().status == 413)
        }
    }

    @Test
    func `a client that goes on sending still gets the refusal`() async throws {
        try await serving({ $0.maximumBodyBytes = 10 }) { listener in
            var client = try await WireClient.connect(to: listener.port)
            let content = String(repeating: "x", count: 4 << 20)
            client.post("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: \(4 << 20)\r\n\r\n\(content)")
            #expect(try await client.answer().status == 413)
            #expect(await client.readToEnd() == "")
        }
    }

    @Test(arguments: [(10, 200), (11, 413)])
    func `bounds chunked content`(count: Int, status: Int) async throws {
        try await serving({ $0.maximumBodyBytes = 10 }) { listener in
            var client = try await WireClient.connect(to: listener.port)
            let chunks = String(repeating: "1\r\nx\r\n", count: count)
            try await client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n\(chunks)0\r\n\r\n")
            let answer = try await client.answer()
            #expect(answer.status == status)
            if status != 200 { #expect(await client.readToEnd() == "") }
        }
    }

    /// "/" and "Host" and "a" and "X" are seven bytes.
    @Test(arguments: [(1000 - 7, 200), (1000 - 6, 431)])
    func `bounds the request head`(count: Int, status: Int) async throws {
        try await serving({ $0.maximumHeaderBytes = 1000 }) { listener in
            var client = try await WireClient.connect(to: listener.port)
            try await client.send("GET / HTTP/1.1\r\nHost: a\r\nX: \(String(repeating: "y", count: count))\r\n\r\n")
            let answer = try await client.answer()
            #expect(answer.status == status)
            if status != 200 {
                #expect(answer.field("Connection") == "close")
                #expect(await client.readToEnd() == "")
            }
        }
    }

    @Test(arguments: [(1000 - 5, 200), (1000 - 4, 431)])
    func `bounds the request target`(count: Int, status: Int) async throws {
        try await serving({ $0.maximumHeaderBytes = 1000 }) { listener in
            var client = try await WireClient.connect(to: listener.port)
            let target = "/" + String(repeating: "y", count: count - 1)
            try await client.send("GET \(target) HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try await client.answer().status == status)
        }
    }

    @Test(arguments: [(4, 200), (5, 431)])
    func `bounds the number of fields`(count: Int, status: Int) async throws {
        try await serving({ $0.maximumHeaderFields = 5 }) { listener in
            var client = try await WireClient.connect(to: listener.port)
            let fields = String(repeating: "X: y\r\n", count: count)
            try await client.send("GET / HTTP/1.1\r\nHost: a\r\n\(fields)\r\n")
            #expect(try await client.answer().status == status)
        }
    }

    @Test
    func `bounds the connections, and serves again when one has gone`() async throws {
        try await serving({
            $0.maximumConnections = 1
            $0.maximumRefusedConnections = 1
            $0.lingerTimeout = .milliseconds(20)
        }) { listener in
            var first = try await WireClient.connect(to: listener.port)
            try await first.send("GET /1 HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try await first.answer().status == 200)

            var second = try await WireClient.connect(to: listener.port)
            let refusal = try await second.answer()
            #expect(refusal.status == 503)
            #expect(refusal.field("Retry-After") == "1")
            #expect(refusal.field("Connection") == "close")
            #expect(await second.readToEnd() == "")

            try await first.send("GET /2 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            #expect(try await first.answer().content == "GET /2 ")
            #expect(await first.readToEnd() == "")
            #expect(try await Self.statusOnceServed(by: listener) == 200)
        }
    }

    /// Connects until the server has noticed that a connection has gone.
    private static func statusOnceServed(by listener: Listener) async throws -> Int {
        while true {
            var client = try await WireClient.connect(to: listener.port)
            client.post("GET /3 HTTP/1.1\r\nHost: a\r\n\r\n")
            let status = try? await client.answer().status
            if let status, status != 503 { return status }
        }
    }

    @Test(arguments: [(3, [200, 200, 200]), (4, [200, 200, 200, 503])])
    func `bounds the requests sent ahead`(count: Int, statuses: [Int]) async throws {
        try await serving({ $0.maximumPipelinedRequests = 2 }) { listener in
            var client = try await WireClient.connect(to: listener.port)
            let requests = (1...count).map { "GET /\($0) HTTP/1.1\r\nHost: a\r\n\r\n" }.joined()
            try await client.send(requests)
            for status in statuses { #expect(try await client.answer().status == status) }
        }
    }

    @Test
    func `closes on a client that is slow with the head`() async throws {
        try await serving({ $0.headerTimeout = .milliseconds(30) }) { listener in
            var client = try await WireClient.connect(to: listener.port)
            try await client.send("GET / HTTP/1.1\r\nHost:")
            #expect(try await client.answer().status == 408)
            #expect(await client.readToEnd() == "")
        }
    }

    @Test
    func `closes on a client that is slow with the content`() async throws {
        try await serving({ $0.bodyTimeout = .milliseconds(30) }) { listener in
            var client = try await WireClient.connect(to: listener.port)
            try await client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nx")
            #expect(try await client.answer().status == 408)
            #expect(await client.readToEnd() == "")
        }
    }

    @Test
    func `closes an idle connection without a word`() async throws {
        try await serving({ $0.idleTimeout = .milliseconds(30) }) { listener in
            var fresh = try await WireClient.connect(to: listener.port)
            #expect(await fresh.readToEnd() == "")
            // A connection may reach its time-out before its request is sent; then the next one is tried.
            while true {
                var used = try await WireClient.connect(to: listener.port)
                used.post("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                guard let answer = try? await used.answer() else { continue }
                #expect(answer.status == 200)
                #expect(await used.readToEnd() == "")
                break
            }
        }
    }

    @Test
    func `a handler may take longer than every time-out`() async throws {
        let passed = Gate()
        try await serving(
            {
                $0.idleTimeout = .milliseconds(50)
                $0.headerTimeout = .milliseconds(50)
                $0.bodyTimeout = .milliseconds(50)
            },
            respond: { _ in
                HTTPResponse(
                    status: 200,
                    body: .stream { writer in
                        try await writer.write(Array("begun".utf8))
                        await passed.wait()
                        try await writer.write(Array("ended".utf8))
                    }
                )
            }
        ) { listener in
            // A connection may reach its time-out before its request is sent; then the next one is tried.
            while true {
                var client = try await WireClient.connect(to: listener.port)
                client.post("GET / HTTP/1.0\r\n\r\n")
                guard let answer = try? await client.answer(), answer.status == 200 else { continue }
                #expect(try await client.text(5) == "begun")
                // A later, idle connection of the same event loop is closed, so the time has passed.
                var idle = try await WireClient.connect(to: listener.port)
                _ = await idle.readToEnd()
                passed.open()
                #expect(await client.readToEnd() == "ended")
                break
            }
        }
    }
}

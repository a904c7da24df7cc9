import GatewayCore
import HTTPServer
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ResponseTests {
    private static func answers(
        to requests: String,
        count: Int = 1,
        hasContent: Bool = true,
        respond: @escaping @Sendable (HTTPRequest) async -> HTTPResponse
    ) async throws -> [WireAnswer] {
        try await serving(respond: respond) { listener in
            var client = try await WireClient.connect(to: listener.port)
            try await client.send(requests)
            var answers: [WireAnswer] = []
            for _ in 0..<count { answers.append(try await client.answer(hasContent: hasContent)) }
            return answers
        }
    }

    @Test
    func `answers with state, fields and length`() async throws {
        let answers = try await Self.answers(to: "GET / HTTP/1.1\r\nHost: a\r\n\r\n") { _ in
            HTTPResponse(status: 404, headers: [HTTPField("X-A", "1"), HTTPField("x-a", "2")], body: .bytes([0x61]))
        }
        #expect(
            answers == [WireAnswer(status: 404, fields: ["X-A: 1", "x-a: 2", "Content-Length: 1"], content: "a")]
        )
    }

    @Test(arguments: [
        (200, HTTPResponseBody.empty, ["Content-Length: 0"]),
        (202, .bytes([]), ["Content-Length: 0"]),
        (204, .bytes([0x61]), []),
        (304, .empty, []),
        (304, .stream { try await $0.write([0x61]) }, []),
    ])
    func `frames answers by their status`(status: Int, body: HTTPResponseBody, fields: [String]) async throws {
        // The second answer would be misread if the first had stray content.
        let requests = "GET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"
        let answers = try await Self.answers(to: requests, count: 2) { _ in HTTPResponse(status: status, body: body) }
        let expected = WireAnswer(status: status, fields: fields, content: "")
        #expect(answers == [expected, expected])
    }

    @Test(arguments: [
        (HTTPResponseBody.bytes([0x61, 0x62]), ["Content-Length: 2"]),
        (.stream { try await $0.write([0x61]) }, ["Transfer-Encoding: chunked"]),
    ])
    func `answers HEAD without content`(body: HTTPResponseBody, fields: [String]) async throws {
        let requests = "HEAD / HTTP/1.1\r\nHost: a\r\n\r\nHEAD / HTTP/1.1\r\nHost: a\r\n\r\n"
        let answers = try await Self.answers(to: requests, count: 2, hasContent: false) { _ in
            HTTPResponse(status: 200, body: body)
        }
        let expected = WireAnswer(status: 200, fields: fields, content: "")
        #expect(answers == [expected, expected])
    }

    @Test(arguments: [
        HTTPField("X", "a\r\nY: b"), HTTPField("X", "a\nb"), HTTPField("X", "a\rb"), HTTPField("X", "a\0"),
        HTTPField("X\r\nY", "a"), HTTPField("X:", "a"), HTTPField("X Y", "a"), HTTPField("", "a"),
    ])
    func `never sends a field that would break the message`(field: HTTPField) async throws {
        for body in [HTTPResponseBody.bytes([0x61]), .stream { try await $0.write([0x61]) }] {
            let answers = try await Self.answers(to: "GET / HTTP/1.1\r\nHost: a\r\n\r\n") { _ in
                HTTPResponse(status: 200, headers: [field], body: body)
            }
            #expect(answers.map(\.status) == [500])
            #expect(answers[0].field("X") == nil)
            #expect(answers[0].field("Y") == nil)
        }
    }

    @Test(arguments: [0, 101, 199, 600])
    func `never sends a status that is not final`(status: Int) async throws {
        let answers = try await Self.answers(to: "GET / HTTP/1.1\r\nHost: a\r\n\r\n") { _ in
            HTTPResponse(status: status)
        }
        #expect(answers.map(\.status) == [500])
    }

    @Test
    func `frames the answer itself whatever the handler says`() async throws {
        let framing = [
            HTTPField("content-length", "7"), HTTPField("Transfer-Encoding", "gzip"), HTTPField("Keep-Alive", "x"),
            HTTPField("Connection", "upgrade"),
        ]
        let answers = try await Self.answers(to: "GET / HTTP/1.1\r\nHost: a\r\n\r\n") { _ in
            HTTPResponse(status: 200, headers: framing, body: .bytes([0x61]))
        }
        #expect(answers == [WireAnswer(status: 200, fields: ["Content-Length: 1"], content: "a")])
    }

    @Test
    func `closes when the handler asks for it`() async throws {
        try await serving(respond: { _ in HTTPResponse(status: 200, headers: [HTTPField("connection", "Close")]) }) {
            var client = try await WireClient.connect(to: $0.port)
            try await client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try await client.answer().fields == ["Connection: close", "Content-Length: 0"])
            #expect(await client.readToEnd() == "")
        }
    }

    @Test
    func `streams in chunks, empty writes left out`() async throws {
        let requests = "GET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"
        let answers = try await Self.answers(to: requests, count: 2) { _ in
            HTTPResponse(
                status: 200,
                headers: [HTTPField("Content-Type", "text/event-stream")],
                body: .stream { writer in
                    try await writer.write(Array("one".utf8))
                    try await writer.write([])
                    try await writer.write([UInt8](repeating: 0x61, count: 17))
                }
            )
        }
        let expected = WireAnswer(
            status: 200,
            fields: ["Content-Type: text/event-stream", "Transfer-Encoding: chunked"],
            content: "oneaaaaaaaaaaaaaaaaa",
            chunks: ["one", "aaaaaaaaaaaaaaaaa"]
        )
        #expect(answers == [expected, expected])
    }

    @Test
    func `every write of a stream reaches the client at once`() async throws {
        let seen = Gate()
        try await serving(respond: { _ in
            HTTPResponse(
                status: 200,
                body: .stream { writer in
                    try await writer.write(Array("first".utf8))
                    await seen.wait()
                    try await writer.write(Array("second".utf8))
                }
            )
        }) { listener in
            var client = try await WireClient.connect(to: listener.port)
            try await client.send("GET / HTTP/1.0\r\nHost: a\r\n\r\n")
            #expect(try await client.answer().status == 200)
            // The content of an HTTP/1.0 answer is not chunked and ends with the connection.
            #expect(try await client.text(5) == "first")
            seen.open()
            #expect(await client.readToEnd() == "second")
        }
    }

    @Test
    func `a stream that fails ends without a final chunk`() async throws {
        try await serving(respond: { _ in
            HTTPResponse(
                status: 200,
                body: .stream { writer in
                    try await writer.write(Array("part".utf8))
                    throw HTTPWriteError.disconnected
                }
            )
        }) { listener in
            var client = try await WireClient.connect(to: listener.port)
            try await client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            let all = await client.readToEnd()
            #expect(all == "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\npart\r\n")
        }
    }

    @Test
    func `a writer kept after its stream reaches nobody`() async throws {
        let kept = Mutex<(any HTTPBodyWriter)?>(nil)
        let failure = Mutex<HTTPWriteError?>(nil)
        let requests = "GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n"
        let answers = try await Self.answers(to: requests, count: 2) { request in
            guard let writer = kept.withLock({ $0 }) else {
                return HTTPResponse(status: 200, body: .stream { writer in kept.withLock { $0 = writer } })
            }
            do throws(HTTPWriteError) {
                try await writer.write(Array("stray".utf8))
            } catch {
                failure.withLock { $0 = error }
            }
            return echo(request)
        }
        #expect(answers.map(\.content) == ["", "GET /2 "])
        #expect(failure.withLock { $0 } == .finished)
    }

    @Test
    func `a stream waits for a client that does not read, and gives up on it`() async throws {
        let written = Atomic(0)
        let gaveUp = Gate()
        let (beginnings, begun) = AsyncStream<Bool>.makeStream()
        var hasBegun = beginnings.makeAsyncIterator()
        try await serving(
            { $0.idleTimeout = .milliseconds(100) },
            respond: { _ in
                HTTPResponse(
                    status: 200,
                    body: .stream { writer in
                        defer { gaveUp.open() }
                        begun.yield(true)
                        for _ in 0..<1024 {
                            try await writer.write([UInt8](repeating: 0x61, count: 64 << 10))
                            written.add(1, ordering: .relaxed)
                        }
                    }
                )
            }
        ) { listener in
            // A connection may reach its time-out before its request is sent; then the next one is tried.
            repeat {
                let client = try await WireClient.connect(to: listener.port, reads: false)
                client.whenClosed { begun.yield(false) }
                client.post("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            } while await hasBegun.next(isolation: #isolation) == false
            await gaveUp.wait()
            // The system's buffers take a few megabytes, never 64.
            #expect(written.load(ordering: .relaxed) < 1024)
        }
    }

    @Test
    func `what a stream was told is sent reaches the client, however late it reads`() async throws {
        let written = Atomic(0)
        let gaveUp = Gate()
        try await serving(
            { $0.idleTimeout = .seconds(2) },
            respond: { _ in
                HTTPResponse(
                    status: 200,
                    body: .stream { writer in
                        defer { gaveUp.open() }
                        while true {
                            try await writer.write([UInt8](repeating: 0x61, count: 1024))
                            written.add(1024, ordering: .relaxed)
                        }
                    }
                )
            }
        ) { listener in
            var client = try await WireClient.connect(to: listener.port, reads: false)
            try await client.send("GET / HTTP/1.0\r\n\r\n")
            await gaveUp.wait()
            try await client.startReading()
            #expect(try await client.answer().status == 200)
            #expect(await client.readToEnd().utf8.count >= written.load(ordering: .relaxed))
        }
    }

    @Test
    func `streams give way to requests`() async throws {
        let priorities = Mutex<[TaskPriority]>([])
        _ = try await Self.answers(to: "GET / HTTP/1.1\r\nHost: a\r\n\r\n", count: 1) { _ in
            priorities.withLock { $0.append(Task.currentPriority) }
            return HTTPResponse(
                status: 200,
                body: .stream { writer in
                    priorities.withLock { $0.append(Task.currentPriority) }
                    try await writer.write(Array("one".utf8))
                }
            )
        }
        let seen = priorities.withLock { $0 }
        #expect(seen.count == 2 && seen[1] < seen[0])
    }

    @Test
    func `a stream goes on when the client reads again`() async throws {
        let size = 32 << 20
        let started = Gate()
        try await serving(respond: { _ in
            HTTPResponse(
                status: 200,
                body: .stream { writer in
                    for _ in 0..<512 {
                        try await writer.write([UInt8](repeating: 0x61, count: 64 << 10))
                        started.open()
                    }
                }
            )
        }) { listener in
            var client = try await WireClient.connect(to: listener.port, reads: false)
            try await client.send("GET / HTTP/1.0\r\n\r\n")
            await started.wait()
            try await client.startReading()
            #expect(try await client.answer().status == 200)
            #expect(await client.readToEnd().utf8.count == size)
        }
    }
}

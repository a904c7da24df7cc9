import GatewayCore
import HTTPServer
import Synchronization
import Testing

@Suite("Answers that are decided while they are made")
struct UndecidedAnswerTests {
    private static let request = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"
    private static let head = HTTPResponse(status: 201, headers: [HTTPField("Own", "1")])

    /// The answers to two requests on one connection.
    private static func answers(
        _ request: String = request,
        hasContent: Bool = true,
        _ decide: @escaping @Sendable (any PendingAnswer) async throws -> HTTPResponse?
    ) async throws -> [WireAnswer] {
        try await serving(respond: { _ in
            HTTPResponse(status: 200, headers: [HTTPField("Common", "1")], body: .undecided(decide))
        }) { listener in
            var client = try await WireClient.connect(to: listener.port)
            try await client.send(request + request)
            return [
                try await client.answer(hasContent: hasContent), try await client.answer(hasContent: hasContent),
            ]
        }
    }

    @Test
    func `one that is returned is sent whole, with the fields of every answer`() async throws {
        let answers = try await Self.answers { _ in
            HTTPResponse(status: 201, headers: [HTTPField("Own", "1")], body: .bytes([0x61]))
        }
        let expected = WireAnswer(
            status: 201,
            fields: ["Own: 1", "Common: 1", "Content-Length: 1"],
            content: "a",
            chunks: []
        )
        #expect(answers == [expected, expected])
    }

    @Test
    func `one that is opened is streamed`() async throws {
        let answers = try await Self.answers { pending in
            let writer = try pending.open(Self.head)
            try await writer.write(Array("one".utf8))
            try await writer.write(Array("two".utf8))
            return nil
        }
        let expected = WireAnswer(
            status: 201,
            fields: ["Own: 1", "Common: 1", "Transfer-Encoding: chunked"],
            content: "onetwo",
            chunks: ["one", "two"]
        )
        #expect(answers == [expected, expected])
    }

    @Test
    func `HEAD opens no stream`() async throws {
        let failures = Mutex<[HTTPWriteError]>([])
        let answers = try await Self.answers("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n", hasContent: false) { pending in
            do throws(HTTPWriteError) {
                _ = try pending.open(Self.head)
            } catch {
                failures.withLock { $0.append(error) }
                throw error
            }
            return nil
        }
        #expect(answers.map(\.status) == [201, 201])
        #expect(failures.withLock { $0 } == [.finished, .finished])
    }

    @Test
    func `one that is neither is an error of the server`() async throws {
        #expect(try await Self.answers { _ in nil }.map(\.status) == [500, 500])
    }

    @Test
    func `one that is both is cut`() async throws {
        try await serving(respond: { _ in
            HTTPResponse(
                status: 200,
                body: .undecided { pending in
                    try await pending.open(Self.head).write(Array("part".utf8))
                    return HTTPResponse(status: 200)
                }
            )
        }) { listener in
            var client = try await WireClient.connect(to: listener.port)
            try await client.send(Self.request)
            #expect(await client.readToEnd().hasSuffix("\r\n\r\n4\r\npart\r\n"))
        }
    }

    @Test
    func `it can be cancelled from anywhere, and is answered all the same`() async throws {
        let answers = try await Self.answers { pending in
            pending.cancel()
            while !Task.isCancelled { await Task.yield() }
            return HTTPResponse(status: 202)
        }
        #expect(answers.map(\.status) == [202, 202])
    }
}

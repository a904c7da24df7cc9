import GatewayCore
import OutboundHTTP
import Testing

@Suite("OutboundClient", .timeLimit(.minutes(1)))
struct OutboundClientTests {
    /// Starts a server and a client that may reach it, and stops both afterwards.
    private func withServer(
        limits: OutboundLimits = OutboundLimits(),
        answer: @escaping @Sendable (LoopbackServer.Received) -> LoopbackServer.Reply,
        body: (LoopbackServer, OutboundClient) async throws -> Void
    ) async throws {
        let server = try LoopbackServer(answer: answer)
        server.start()
        defer { server.stop() }
        let client = try client(for: server.url, limits: limits)
        try await body(server, client)
        await client.shutdown()
    }

    private func client(for url: String, limits: OutboundLimits = OutboundLimits()) throws -> OutboundClient {
        let rule = try EgressRule(url: url, allowsPrivateAddresses: true)
        return try OutboundClient(policy: EgressPolicy(rules: [rule]), limits: limits)
    }

    private func get(
        _ url: String,
        maximumBytes: Int = 65_536,
        truncates: Bool = false,
        within: Duration = .seconds(30)
    ) -> FetchRequest {
        FetchRequest(url: url, maximumBytes: maximumBytes, truncates: truncates, deadline: .after(within))
    }

    private func text(_ response: FetchResponse) -> String {
        String(decoding: response.body, as: UTF8.self)
    }

    @Test func `gets a body with status and headers`() async throws {
        try await withServer { _ in
            .raw("HTTP/1.1 404 Not Found\r\nX-One: a\r\nX-ONE: b\r\nContent-Length: 4\r\n\r\ngone")
        } body: { server, client in
            let response = try await client.fetch(get(server.url + "/a%20b?x=%2B&y"))
            #expect(response.status == 404)
            #expect(text(response) == "gone")
            #expect(!response.isTruncated)
            #expect(
                response.headers == [
                    HTTPField("X-One", "a"), HTTPField("X-ONE", "b"), HTTPField("Content-Length", "4"),
                ]
            )
            let received = try #require(server.received.first)
            #expect(received.method == "GET")
            #expect(received.target == "/a%20b?x=%2B&y")
            #expect(received.header("host") == "127.0.0.1:\(server.port)")
            #expect(received.header("user-agent") == "beamline")
            #expect(received.header("accept-encoding") == nil)
        }
    }

    @Test(arguments: ["POST", "PUT", "PATCH", "DELETE"])
    func `sends body and headers`(method: String) async throws {
        try await withServer { _ in
            .body("ok")
        } body: { server, client in
            let request = FetchRequest(
                method: method,
                url: server.url + "/",
                headers: [
                    HTTPField("Content-Type", "application/json"), HTTPField("X-Blank", ""), HTTPField("X-A", "ü"),
                ],
                body: Array(#"{"a":1}"#.utf8),
                maximumBytes: 10,
                deadline: .after(.seconds(30))
            )
            #expect(text(try await client.fetch(request)) == "ok")
            let received = try #require(server.received.first)
            #expect(received.method == method)
            #expect(received.body == #"{"a":1}"#)
            #expect(received.header("content-type") == "application/json")
            #expect(received.header("x-blank") == "")
            #expect(received.header("x-a") == "ü")
            #expect(received.header("expect") == nil)
        }
    }

    @Test(arguments: ["POST", "DELETE", "HEAD"])
    func `sends requests without a body`(method: String) async throws {
        try await withServer { _ in
            .body("ok")
        } body: { server, client in
            let request = FetchRequest(
                method: method,
                url: server.url,
                maximumBytes: 1000,
                deadline: .after(.seconds(30))
            )
            let response = try await client.fetch(request)
            #expect(text(response) == (method == "HEAD" ? "" : "ok"))
            #expect(response.header("content-length") == "2")
            let received = try #require(server.received.first)
            #expect(received.method == method)
            #expect(received.target == "/")
            #expect(received.body.isEmpty)
            #expect(received.header("content-type") == nil)
        }
    }

    @Test func `ends with the deadline when a server hangs`() async throws {
        try await withServer { _ in
            .hang
        } body: { server, client in
            await #expect(throws: FetchError.timeout) {
                try await client.fetch(get(server.url, within: .milliseconds(50)))
            }
            await server.waitForClose()
        }
    }

    @Test func `does not begin after the deadline`() async throws {
        try await withServer { _ in
            .body("ok")
        } body: { server, client in
            await #expect(throws: FetchError.timeout) {
                try await client.fetch(get(server.url, within: .zero))
            }
            #expect(server.connections == 0)
        }
    }

    @Test func `says that a dead source is unreachable`() async throws {
        let url = "http://127.0.0.1:\(try Loopback.deadPort())"
        let client = try client(for: url)
        await #expect {
            try await client.fetch(get(url))
        } throws: { error in
            if case FetchError.unreachable = error { true } else { false }
        }
        await client.shutdown()
    }

    @Test(arguments: [
        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf",
        "no HTTP at all\r\n\r\n",
        "HTTP/1.1 200 OK\r\n" + String(repeating: "A: b\r\n", count: 257) + "\r\n",
        "HTTP/1.1 200 OK\r\nA: " + String(repeating: "b", count: 65_536) + "\r\n\r\n",
    ])
    func `says that a broken answer is unreachable`(answer: String) async throws {
        try await withServer { _ in
            .last(answer)
        } body: { server, client in
            await #expect {
                try await client.fetch(get(server.url))
            } throws: { error in
                if case FetchError.unreachable = error { true } else { false }
            }
        }
    }

    @Test(arguments: [(9, nil), (10, "0123456789"), (11, "0123456789")] as [(Int, String?)])
    func `refuses one byte more than allowed`(maximum: Int, expected: String?) async throws {
        try await withServer { _ in
            .body("0123456789")
        } body: { server, client in
            let request = get(server.url, maximumBytes: maximum)
            if let expected {
                let response = try await client.fetch(request)
                #expect(text(response) == expected)
            } else {
                await #expect(throws: FetchError.tooLarge) { try await client.fetch(request) }
            }
        }
    }

    @Test(arguments: [(0, "", true), (9, "012345678", true), (10, "0123456789", false), (11, "0123456789", false)])
    func `cuts exactly where allowed`(maximum: Int, expected: String, isCut: Bool) async throws {
        try await withServer { _ in
            .body("0123456789")
        } body: { server, client in
            let response = try await client.fetch(get(server.url, maximumBytes: maximum, truncates: true))
            #expect(text(response) == expected)
            #expect(response.isTruncated == isCut)
            #expect(response.status == 200)
        }
    }

    @Test func `cancellation closes the connection`() async throws {
        let (requests, arrival) = AsyncStream.makeStream(of: Void.self)
        try await withServer { _ in
            arrival.yield()
            return .hang
        } body: { server, client in
            let request = get(server.url)
            let task = Task { () -> FetchError? in
                do {
                    _ = try await client.fetch(request)
                    return nil
                } catch {
                    return error as? FetchError
                }
            }
            for await _ in requests { break }
            task.cancel()
            #expect(await task.value == .cancelled)
            await server.waitForClose()
        }
    }

    @Test func `a cancelled task asks nothing`() async throws {
        try await withServer { _ in
            .body("ok")
        } body: { server, client in
            let request = get(server.url)
            let task = Task { () -> FetchError? in
                unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
                do {
                    _ = try await client.fetch(request)
                    return nil
                } catch {
                    return error as? FetchError
                }
            }
            #expect(await task.value == .cancelled)
            #expect(server.connections == 0)
        }
    }

    @Test func `follows no redirect`() async throws {
        try await withServer { _ in
            .raw("HTTP/1.1 302 Found\r\nLocation: /other\r\nContent-Length: 0\r\n\r\n")
        } body: { server, client in
            let response = try await client.fetch(get(server.url))
            #expect(response.status == 302)
            #expect(response.header("location") == "/other")
            #expect(server.received.count == 1)
        }
    }

    @Test func `connects to no origin that is not allowed`() async throws {
        try await withServer { _ in
            .body("ok")
        } body: { server, client in
            await #expect {
                try await client.fetch(get("http://localhost:\(server.port)/"))
            } throws: { error in
                if case FetchError.refused = error { true } else { false }
            }
            #expect(server.connections == 0)
        }
    }

    @Test(arguments: ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]"])
    func `connects to no private address unless the rule allows it`(host: String) async throws {
        let server = try LoopbackServer { _ in .body("ok") }
        server.start()
        defer { server.stop() }
        let url = "http://\(host):\(server.port)/"
        let client = try OutboundClient(policy: EgressPolicy(rules: [EgressRule(url: url)]))
        await #expect {
            try await client.fetch(get(url))
        } throws: { error in
            if case FetchError.refused = error { true } else { false }
        }
        #expect(server.connections == 0)
        await client.shutdown()
    }

    @Test func `answers many concurrent requests`() async throws {
        try await withServer {
            .body($0.target)
        } body: { server, client in
            let answers = try await withThrowingTaskGroup(of: (Int, String).self) { group in
                for number in 0..<200 {
                    let request = get(server.url + "/\(number)")
                    group.addTask {
                        let response = try await client.fetch(request)
                        return (number, String(decoding: response.body, as: UTF8.self))
                    }
                }
                return try await group.reduce(into: [Int: String]()) { $0[$1.0] = $1.1 }
            }
            #expect(answers.count == 200)
            #expect(answers.allSatisfy { $1 == "/\($0)" })
            #expect(server.connections <= 16)
        }
    }

    @Test func `uses a connection again and leaves nothing of a request behind`() async throws {
        try await withServer {
            .body($0.target)
        } body: { server, client in
            let post = FetchRequest(
                method: "PATCH",
                url: server.url + "/first",
                headers: [HTTPField("X-Secret", "s")],
                body: [1],
                maximumBytes: 100,
                deadline: .after(.seconds(30))
            )
            #expect(text(try await client.fetch(post)) == "/first")
            #expect(text(try await client.fetch(get(server.url + "/second"))) == "/second")
            #expect(server.received.map(\.connection) == [1, 1])
            let second = try #require(server.received.last)
            #expect(second.method == "GET")
            #expect(second.body.isEmpty)
            #expect(second.header("x-secret") == nil)
        }
    }

    @Test func `a waiting request keeps its deadline, and one too many is refused`() async throws {
        let (requests, arrival) = AsyncStream.makeStream(of: Void.self)
        let limits = OutboundLimits(maximumConcurrent: 1, maximumWaiting: 0)
        try await withServer(limits: limits) { _ in
            arrival.yield()
            return .hang
        } body: { server, client in
            let request = get(server.url)
            let first = Task { try? await client.fetch(request) }
            for await _ in requests { break }
            await #expect(throws: FetchError.unreachable("too many outgoing requests are waiting")) {
                try await client.fetch(get(server.url))
            }
            first.cancel()
            _ = await first.value
        }
        let (others, otherArrival) = AsyncStream.makeStream(of: Void.self)
        try await withServer(limits: OutboundLimits(maximumConcurrent: 1, maximumWaiting: 1)) { _ in
            otherArrival.yield()
            return .hang
        } body: { server, client in
            let request = get(server.url)
            let first = Task { try? await client.fetch(request) }
            for await _ in others { break }
            await #expect(throws: FetchError.timeout) {
                try await client.fetch(get(server.url, within: .milliseconds(30)))
            }
            #expect(server.received.count == 1)
            first.cancel()
            _ = await first.value
        }
    }

    @Test func `shutting down gives up what is under way and refuses what comes`() async throws {
        let (requests, arrival) = AsyncStream.makeStream(of: Void.self)
        try await withServer { _ in
            arrival.yield()
            return .hang
        } body: { server, client in
            let closed = FetchError.unreachable("the outbound client is shut down")
            let request = get(server.url)
            let task = Task { () -> FetchError? in
                do {
                    _ = try await client.fetch(request)
                    return nil
                } catch {
                    return error as? FetchError
                }
            }
            for await _ in requests { break }
            await client.shutdown()
            #expect(await task.value == closed)
            await #expect(throws: closed) { try await client.fetch(request) }
            await server.waitForClose()
        }
    }

    @Test func `a connection that does not come to stand is unreachable, not late`() async throws {
        // Nobody accepts: once the queue of the listener is full, the system leaves connections unanswered.
        let (listener, port) = try Loopback.listen(backlog: 0)
        let url = "http://127.0.0.1:\(port)"
        let rule = try EgressRule(url: url, allowsPrivateAddresses: true)
        let settings = OutboundSettings(connectTimeout: .milliseconds(100))
        let client = try OutboundClient(policy: EgressPolicy(rules: [rule]), settings: settings)
        let request = get(url, within: .seconds(3))
        let errors = await withTaskGroup(of: FetchError?.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    do {
                        _ = try await client.fetch(request)
                        return nil
                    } catch {
                        return error as? FetchError
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        let unreachable = errors.filter { if case .unreachable = $0 { true } else { false } }
        #expect(!unreachable.isEmpty)
        #expect(unreachable.count + errors.filter { $0 == .timeout }.count == 4)
        await client.shutdown()
        Loopback.closeDescriptor(listener)
    }
}

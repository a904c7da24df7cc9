import GatewayCore
import MessageBroker
import MessageSource
import StompProtocol
import Testing

@Suite("Messages to a broker")
struct SendingTests {
    @Test(arguments: StompVersion.allCases, [true, false])
    func `a message arrives as it was sent`(version: StompVersion, receipt: Bool) async throws {
        let broker = try await SharedMessageBroker.broker()
        let agent = try await BrokerAgent.connect(to: broker)
        let queue = "/queue/sent-\(version == .v1_1)-\(receipt)"
        try await agent.subscribe(to: queue)
        let source = broker.source { $0.versions = [version] }
        let headers = [MessageHeader("content-type", "application/json"), MessageHeader("kind", "a: b")]
        try await source.send(#"{"é":1}"#, to: queue, headers, receipt: receipt)
        let message = try await agent.message()
        #expect(message.body == #"{"é":1}"#)
        #expect(message.headers["content-type"] == "application/json")
        #expect(message.headers["kind"] == "a: b")
        #expect(message.headers["content-length"] == nil, "a text stays a text")
        await source.close()
    }

    @Test func `a topic reaches everybody who listens`() async throws {
        let broker = try await SharedMessageBroker.broker()
        let agents = [try await BrokerAgent.connect(to: broker), try await BrokerAgent.connect(to: broker)]
        for agent in agents { try await agent.subscribe(to: "/topic/news") }
        let source = broker.source()
        try await source.send("run ends", to: "/topic/news")
        for agent in agents { #expect(try await agent.message().body == "run ends") }
        await source.close()
    }

    @Test func `bytes that are no text stay bytes`() async throws {
        let broker = try await SharedMessageBroker.broker()
        let agent = try await BrokerAgent.connect(to: broker)
        try await agent.subscribe(to: "/queue/bytes")
        let source = broker.source()
        let body: [UInt8] = [0xFF, 0x00, 0x41]
        try await source.send(SourceMessage(destination: "/queue/bytes", body: body, deadline: .after(.seconds(60))))
        #expect(try await agent.message().headers["content-length"] == "3")
        await source.close()
    }

    @Test func `hundreds of messages share one connection, and none is lost`() async throws {
        let broker = try await SharedMessageBroker.broker()
        let agent = try await BrokerAgent.connect(to: broker)
        try await agent.subscribe(to: "/queue/many")
        let source = broker.source()
        let failures = await withTaskGroup(of: SourceError?.self) { group in
            for number in 0..<300 {
                group.addTask { await source.failure(sending: "\(number)", to: "/queue/many") }
            }
            return await group.reduce(into: [SourceError?]()) { $0.append($1) }
        }
        #expect(failures.allSatisfy { $0 == nil })
        var bodies: Set<String> = []
        for _ in 0..<300 { bodies.insert(try await agent.message().body) }
        #expect(bodies.count == 300)
        await source.close()
    }

    @Test(arguments: ["/queue/other", "/queue/jobs.more", "/queue/jobs?x=1", "/queue/", "/topic/jobs", ""])
    func `nothing is sent where the site does not let it`(destination: String) async throws {
        let broker = try await SharedMessageBroker.broker()
        let source = broker.source { $0.destinations = [DestinationRule("/queue/jobs")].compactMap(\.self) }
        #expect(await source.failure(sending: "x", to: destination)?.isInvalid == true)
        #expect(await source.failure(asking: destination)?.isInvalid == true)
        #expect(await source.failure(sending: "x", to: "/queue/jobs") == nil)
        await source.close()
    }

    @Test(arguments: [
        "destination", "Reply-To", "receipt", "transformation", "AMQ_SCHEDULED_DELAY", "correlation-id", "a b", "", "é",
    ])
    func `no header steers the broker`(name: String) async throws {
        let source = try await SharedMessageBroker.broker().source()
        let failure = await source.failure(sending: "x", to: "/queue/headers", [MessageHeader(name, "1")])
        #expect(failure?.isInvalid == true)
    }

    @Test(arguments: ["a\nb", "a\rb", "a\u{0}b", String(repeating: "x", count: 4097)])
    func `no header value ends the header or has no end`(value: String) async throws {
        let source = try await SharedMessageBroker.broker().source()
        let failure = await source.failure(sending: "x", to: "/queue/headers", [MessageHeader("kind", value)])
        #expect(failure?.isInvalid == true)
    }

    @Test func `a header may be as long as the limit`() async throws {
        let source = try await SharedMessageBroker.broker().source()
        let longest = [MessageHeader(String(repeating: "k", count: 128), String(repeating: "x", count: 4096))]
        #expect(await source.failure(sending: "x", to: "/queue/headers", longest) == nil)
        let longer = [MessageHeader(String(repeating: "k", count: 129), "x")]
        #expect(await source.failure(sending: "x", to: "/queue/headers", longer)?.isInvalid == true)
        await source.close()
    }

    @Test func `a message may be as long as the limit and no longer`() async throws {
        let source = try await SharedMessageBroker.broker().source { $0.maximumBytes = 1000 }
        #expect(await source.failure(sending: String(repeating: "x", count: 1000), to: "/queue/long") == nil)
        let failure = await source.failure(sending: String(repeating: "x", count: 1001), to: "/queue/long")
        #expect(failure == .invalid("The message is longer than 1000 bytes."))
        await source.close()
    }

    @Test func `what the broker refuses is refused alone`() async throws {
        let source = try await SharedMessageBroker.broker().source {
            $0.destinations.append(contentsOf: [DestinationRule("/queue/private.jobs")].compactMap(\.self))
        }
        let failure = try #require(await source.failure(sending: "x", to: "/queue/private.jobs"))
        #expect(failure.isRejected)
        #expect(failure.detail?.contains("not authorized") == true, "\(failure)")
        #expect(await source.failure(sending: "x", to: "/queue/open") == nil)
        await source.close()
    }

    @Test func `two gateways with the same settings do not stand in each other's way`() async throws {
        let broker = try await SharedMessageBroker.broker()
        let agent = try await BrokerAgent.connect(to: broker)
        try await agent.subscribe(to: "/queue/replicas")
        let sources = [broker.source(), broker.source()]
        async let first = sources[0].ask("/queue/replicas") { _ in "first" }
        async let second = sources[1].ask("/queue/replicas") { _ in "second" }
        for _ in 0..<2 {
            let message = try await agent.message()
            agent.answer(message, "to the \(message.body)")
        }
        #expect(try await first.text == "to the first")
        #expect(try await second.text == "to the second")
        for source in sources { await source.close() }
    }
}

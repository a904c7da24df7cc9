import GatewayCore
import MessageBroker
import MessageSource
import OutboundStream
import Testing
import TestSupport

/// One after another, because several start a broker of their own.
@Suite("A broker in trouble", .serialized)
struct OutageTests {
    @Test func `a broker killed in the middle leaves no doubt unsaid, and the source recovers by itself`() async throws
    {
        let broker = try await MessageBroker.start()
        let agent = try await BrokerAgent.connect(to: broker)
        try await agent.subscribe(to: "/queue/asked")
        let source = broker.source { $0.longestBackOff = .milliseconds(200) }
        let asking = Task { await source.failure(asking: "/queue/asked") }
        _ = try await agent.message()
        try await broker.freeze()
        let sending = Task { await source.failure(sending: "x", to: "/queue/sent") }
        try await broker.kill()
        let unanswered = try #require(await asking.value)
        #expect(unanswered.isUnanswered || unanswered.isUnconfirmed, "\(unanswered)")
        // Whether it was written before the end of the connection was seen is a race; whether it arrived is not claimed.
        let unconfirmed = try #require(await sending.value)
        #expect(unconfirmed.isUnconfirmed || unconfirmed.isUnavailable, "\(unconfirmed)")
        let down = try #require(await source.failure(sending: "x", to: "/queue/sent"))
        #expect(down.isUnavailable || down.isDown, "\(down)")
        try await broker.resume()
        try await Polling.wait(for: "the first message") {
            await source.failure(sending: "x", to: "/queue/sent") == nil ? () : nil
        }
        #expect(await source.failure(sending: "x", to: "/queue/sent") == nil)
        await source.close()
        try await broker.kill()
    }

    @Test func `a message to a broker that hangs is unconfirmed at its deadline, and the connection is given up`()
        async throws
    {
        let broker = try await MessageBroker.start()
        let agent = try await BrokerAgent.connect(to: broker)
        try await agent.subscribe(to: "/queue/first")
        let source = broker.source { $0.heartBeat = .seconds(2) }
        let asking = Task { await source.failure(asking: "/queue/first", within: .seconds(600)) }
        _ = try await agent.message()
        try await broker.freeze()
        let failure = try #require(await source.failure(sending: "x", to: "/queue/second", within: .milliseconds(100)))
        #expect(failure.isUnconfirmed, "\(failure)")
        // Without heart-beats this one would wait for its own deadline.
        let lost = try #require(await asking.value)
        #expect(lost.detail?.contains("no sign of life") == true, "\(lost)")
        broker.thaw()
        try await Polling.wait(for: "the next connection") {
            await source.failure(sending: "x", to: "/queue/third", within: .seconds(5)) == nil ? () : nil
        }
        await source.close()
        try await broker.kill()
    }

    @Test func `what a slow broker does not take is bounded`() async throws {
        let broker = try await MessageBroker.start()
        let source = broker.source {
            $0.bufferedBytes = 2 << 20
            $0.heartBeat = .zero
        }
        try await source.send("x", to: "/queue/first")
        try await broker.freeze()
        let body = String(repeating: "x", count: 1 << 19)
        // What the system's own buffers take is not known, but it is far from all of it.
        let first = await withTaskGroup(of: SourceError?.self) { group in
            for _ in 0..<64 {
                group.addTask { await source.failure(sending: body, to: "/queue/slow", within: .seconds(600)) }
            }
            defer { group.cancelAll() }
            return await group.next().flatMap { $0 }
        }
        #expect(first == .unavailable(detail: "the broker takes messages too slowly"))
        broker.thaw()
        try await Polling.wait(for: "the first message after it") {
            await source.failure(sending: "x", to: "/queue/after") == nil ? () : nil
        }
        await source.close()
        try await broker.kill()
    }

    @Test func `a wrong password is told without the password`() async throws {
        let broker = try await SharedMessageBroker.broker()
        let source = broker.source { $0.login = BrokerLogin(user: "gateway", password: "wrong staple") }
        let failure = try #require(await source.failure(sending: "x", to: "/queue/a"))
        #expect(failure.isUnavailable)
        #expect(failure.detail?.contains("User name [gateway] or password is invalid") == true, "\(failure)")
        #expect(failure.detail?.contains("staple") == false)
        var dumped = ""
        dump(BrokerLogin(user: "gateway", password: "wrong staple"), to: &dumped)
        for text in [dumped, "\(BrokerLogin(user: "gateway", password: "wrong staple"))"] {
            #expect(text.contains("gateway") && !text.contains("staple"))
        }
    }

    @Test func `while the broker is down the reason is told and the next attempt awaited`() async throws {
        let port = try FreePort.find()
        let source = try await SharedMessageBroker.broker().source {
            $0.stream.port = port
            $0.firstBackOff = .seconds(300)
        }
        let first = try #require(await source.failure(sending: "x", to: "/queue/a")?.detail)
        #expect(first.contains("onnect"), "\(first)")
        let second = try #require(await source.failure(sending: "x", to: "/queue/a"))
        guard case .down(let wait) = second else {
            Issue.record("\(second)")
            return
        }
        #expect(wait > .seconds(100) && wait <= .seconds(375))
    }

    @Test func `a broker that says nothing keeps nobody beyond the deadline`() async throws {
        let silent = try SilentListener()
        let source = try await SharedMessageBroker.broker().source {
            $0.stream.port = silent.port
            $0.stream.connectTimeout = .seconds(300)
        }
        #expect(await source.failure(sending: "x", to: "/queue/a", within: .milliseconds(50)) == .timeout)
        let task = Task { await source.failure(sending: "x", to: "/queue/a") }
        task.cancel()
        #expect(await task.value == .cancelled)
        await source.close()
        #expect(await source.failure(sending: "x", to: "/queue/a") == .unavailable(detail: "the source is closed"))
    }

    @Test func `a greeting takes as long as it may`() async throws {
        let silent = try SilentListener()
        let source = try await SharedMessageBroker.broker().source {
            $0.stream.port = silent.port
            $0.stream.connectTimeout = .milliseconds(100)
        }
        let failure = await source.failure(sending: "x", to: "/queue/a")
        #expect(failure == .unavailable(detail: "the broker did not greet in time"))
    }

    @Test func `a host that is no name is refused before anything is asked`() async throws {
        let broker = try await SharedMessageBroker.broker()
        for host in ["a/b", "user@127.0.0.1", "", "a b", "a\n"] {
            let source = broker.source { $0.stream.host = host }
            #expect(await source.failure(sending: "x", to: "/queue/a")?.detail?.contains("is no host name") == true)
        }
    }

    @Test func `a task that is cancelled already sends nothing`() async throws {
        let source = try await SharedMessageBroker.broker().source()
        let failure = await withTaskGroup(of: SourceError?.self) { group in
            group.cancelAll()
            group.addTask { await source.failure(sending: "x", to: "/queue/a") }
            return await group.next().flatMap { $0 }
        }
        #expect(failure == .cancelled)
        #expect(await source.failure(sending: "x", to: "/queue/a", within: .zero) == .timeout)
        await source.close()
    }
}

extension SourceError {
    fileprivate var isDown: Bool { if case .down = self { true } else { false } }
}

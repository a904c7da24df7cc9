import GatewayCore
import MessageBroker
import MessageSource
import StompProtocol
import Testing
import TestSupport

@Suite("Questions over a broker")
struct ExchangeTests {
    @Test(arguments: StompVersion.allCases)
    func `a question has the answer of whoever reads it`(version: StompVersion) async throws {
        let broker = try await SharedMessageBroker.broker()
        let agent = try await BrokerAgent.connect(to: broker)
        let queue = "/queue/asked-\(version == .v1_1)"
        try await agent.subscribe(to: queue)
        let source = broker.source { $0.versions = [version] }
        async let reply = source.ask(queue) { _ in #"{"command":"ping"}"# }
        let question = try await agent.message()
        #expect(question.body == #"{"command":"ping"}"#)
        agent.answer(question, #"{"status":"alive"}"#, ["mood": "good"])
        #expect(try await reply.text == #"{"status":"alive"}"#)
        #expect(try await reply.headers.contains(MessageHeader("mood", "good")))
        await source.close()
    }

    @Test func `a program that looks for the queue in the body and says nothing of a question is understood`()
        async throws
    {
        let broker = try await SharedMessageBroker.broker()
        let agent = try await BrokerAgent.connect(to: broker)
        try await agent.subscribe(to: "/queue/manager")
        let source = broker.source()
        async let first = source.ask("/queue/manager") { $0 }
        async let second = source.ask("/queue/manager") { $0 }
        let questions = [try await agent.message(), try await agent.message()]
        #expect(Set(questions.map(\.body)).count == 2, "each question has a queue of its own")
        for question in questions { agent.send(to: question.body, [:], "for \(question.body)") }
        let answers = [try await first.text, try await second.text]
        #expect(Set(answers) == Set(questions.map { "for \($0.body)" }))
        await source.close()
    }

    @Test func `many questions at once each have their own answer`() async throws {
        let broker = try await SharedMessageBroker.broker()
        let agent = try await BrokerAgent.connect(to: broker)
        try await agent.subscribe(to: "/queue/crowd")
        let source = broker.source()
        async let answering: Void = {
            for _ in 0..<100 {
                let question = try await agent.message()
                agent.answer(question, "re \(question.body)")
            }
        }()
        let wrong = await withTaskGroup(of: String?.self) { group in
            for number in 0..<100 {
                group.addTask {
                    let answer = try? await source.ask("/queue/crowd") { _ in "\(number)" }.text
                    return answer == "re \(number)" ? nil : "\(number): \(answer ?? "none")"
                }
            }
            return await group.reduce(into: [String]()) { if let wrong = $1 { $0.append(wrong) } }
        }
        try await answering
        #expect(wrong == [])
        await source.close()
    }

    @Test func `an answer to another question is not taken`() async throws {
        let broker = try await SharedMessageBroker.broker()
        let agent = try await BrokerAgent.connect(to: broker)
        try await agent.subscribe(to: "/queue/mixed")
        let source = broker.source()
        async let reply = source.ask("/queue/mixed") { _ in "?" }
        let question = try await agent.message()
        agent.answer(question, "wrong", ["correlation-id": "another"])
        agent.answer(question, "right")
        #expect(try await reply.text == "right")
        await source.close()
    }

    @Test func `a question that nobody answers did arrive, and is told so`() async throws {
        let broker = try await SharedMessageBroker.broker()
        let source = broker.source()
        try await source.send("x", to: "/queue/warm")
        #expect(await source.failure(asking: "/queue/nobody", within: .seconds(2))?.isUnanswered == true)
        await source.close()
    }

    @Test func `an answer that comes late meets no other question`() async throws {
        let broker = try await SharedMessageBroker.broker()
        let agent = try await BrokerAgent.connect(to: broker)
        try await agent.subscribe(to: "/queue/late")
        let source = broker.source { $0.replyRest = .zero }
        let asking = Task { await source.failure(asking: "/queue/late") }
        let abandoned = try await agent.message()
        asking.cancel()
        #expect(await asking.value == .cancelled)
        async let reply = source.ask("/queue/late") { _ in "?" }
        let question = try await agent.message()
        agent.send(to: abandoned.headers["reply-to"] ?? "", [:], "too late")
        agent.send(to: question.headers["reply-to"] ?? "", [:], "in time")
        #expect(try await reply.text == "in time")
        await source.close()
    }

    @Test func `an answer may be as long as the limit and no longer`() async throws {
        let broker = try await SharedMessageBroker.broker()
        let agent = try await BrokerAgent.connect(to: broker)
        try await agent.subscribe(to: "/queue/size")
        let source = broker.source { $0.maximumBytes = 1000 }
        for (asked, length, isTaken) in [(1000, 1000, true), (1000, 1001, false), (500, 500, true), (500, 501, false)] {
            async let failure = source.failure(asking: "/queue/size", maximumBytes: asked)
            agent.answer(try await agent.message(), String(repeating: "x", count: length))
            #expect(await failure == (isTaken ? nil : .tooLarge))
        }
        await source.close()
    }

    @Test func `a queue for answers that the broker refuses fails its question alone`() async throws {
        let broker = try await SharedMessageBroker.broker()
        let source = broker.source { $0.replyPrefix = "/queue/private.reply." }
        let failure = try #require(await source.failure(asking: "/queue/anybody"))
        #expect(failure.isRejected, "\(failure)")
        #expect(await source.failure(sending: "x", to: "/queue/anybody") == nil)
        await source.close()
    }

    @Test func `temporary queues serve as well`() async throws {
        let broker = try await SharedMessageBroker.broker()
        let agent = try await BrokerAgent.connect(to: broker)
        try await agent.subscribe(to: "/queue/temporary")
        let source = broker.source { $0.replyPrefix = "/temp-queue/" }
        async let reply = source.ask("/queue/temporary") { _ in "?" }
        let question = try await agent.message()
        agent.answer(question, "!")
        #expect(try await reply.text == "!")
        await source.close()
    }
}

import GatewayCore
import MessageBroker
import MessageSource
import OutboundStream
import Testing

@Suite("A broker behind TLS")
struct EncryptionTests {
    @Test func `the broker's certificate is checked, and messages go and come over TLS`() async throws {
        let broker = try await MessageBroker.start(isEncrypted: true)
        let source = broker.source {
            $0.stream.port = broker.securePort
            $0.stream.security = StreamSettings.Security(authoritiesFile: broker.certificate)
        }
        let agent = try await BrokerAgent.connect(to: broker)
        try await agent.subscribe(to: "/queue/sealed")
        let long = String(repeating: "é", count: 300_000)
        async let reply = source.ask("/queue/sealed") { _ in long }
        let question = try await agent.message()
        #expect(question.body == long)
        // More than a record of TLS holds.
        let answer = String(repeating: "x", count: 40_000)
        agent.answer(question, answer)
        #expect(try await reply.text == answer)
        await source.close()

        let other = try await MessageBroker.start(isEncrypted: true, certifiedFor: "DNS:elsewhere.example")
        let deceived = broker.source {
            $0.stream.port = broker.securePort
            $0.stream.security = StreamSettings.Security(authoritiesFile: other.certificate)
        }
        let refused = try #require(await deceived.failure(sending: "x", to: "/queue/a")?.detail)
        #expect(refused.contains("certificate"), "\(refused)")
        let misnamed = other.source {
            $0.stream.port = other.securePort
            $0.stream.security = StreamSettings.Security(authoritiesFile: other.certificate)
        }
        let name = try #require(await misnamed.failure(sending: "x", to: "/queue/a")?.detail)
        #expect(name.contains("127.0.0.1"), "\(name)")
        #expect(name.contains("alternative") || name.contains("match"), "\(name)")
        let trusting = broker.source {
            $0.stream.port = broker.securePort
            $0.stream.security = StreamSettings.Security()
        }
        let unknown = try #require(await trusting.failure(sending: "x", to: "/queue/a")?.detail)
        #expect(unknown.contains("certificate"), "\(unknown)")
        let plain = broker.source {
            $0.stream.security = StreamSettings.Security(authoritiesFile: broker.certificate)
        }
        #expect(await plain.failure(sending: "x", to: "/queue/a")?.isUnavailable == true)
        try await other.kill()
        try await broker.kill()
    }
}

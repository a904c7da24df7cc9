import Foundation
import JSON
import MessageBroker
import TestSupport
import Testing

/// Tools that send messages to a real broker.
@Suite("A message broker")
struct BrokerTests {
    private static func settings(
        _ broker: MessageBroker,
        password: String = MessageBroker.password
    ) throws -> SiteSettings {
        let secret = "\(try RunFolder.current.subfolder("secret"))/password"
        try "\(password)\n".write(toFile: secret, atomically: true, encoding: .utf8)
        var settings = SiteSettings()
        settings.libraries["watch"] = "libWatch.so"
        settings.broker =
            "{kind: stomp, host: 127.0.0.1, port: \(broker.port), user: gateway, password: {file: \(secret)}, "
            + "destinations: [/queue/errand-*]}"
        settings.furtherLines = "limits: {source_longest_rest: 100ms, source_rest: 100ms}"
        return settings
    }

    private static func call(
        _ gateway: GatewayProcess,
        _ destination: String,
        _ text: String,
        isQuestion: Bool = false
    ) async throws -> JSONValue {
        try await gateway.call(
            "watch_errand",
            ["destination": .string(destination), "text": .string(text), "isQuestion": .bool(isQuestion)],
            token: gateway.token(roles: ["watch.user"])
        )
    }

    private static func error(_ result: JSONValue) -> JSONValue? { result["structuredContent"]?["error"] }

    @Test func `two gateways with one configuration each have their own answers`() async throws {
        let broker = try await SharedMessageBroker.broker()
        let agent = try await BrokerAgent.connect(to: broker)
        try await agent.subscribe(to: "/queue/errand-two")
        let settings = try Self.settings(broker)
        try await GatewayProcess.with(settings) { one in
            try await GatewayProcess.with(settings) { other in
                async let first = Self.call(one, "/queue/errand-two", "one", isQuestion: true)
                async let second = Self.call(other, "/queue/errand-two", "other", isQuestion: true)
                for _ in 0..<2 {
                    let question = try await agent.message()
                    let body = try JSONValue(parsing: Array(question.body.utf8))
                    let text = try #require(body["text"]?.string)
                    let queue = try #require(body["reply_to"]?.string)
                    agent.send(to: queue, ["content-type": "application/json"], #"{"text":"\#(text) is heard"}"#)
                }
                #expect(try await first["structuredContent"] == ["answer": "one is heard"])
                #expect(try await second["structuredContent"] == ["answer": "other is heard"])
            }
        }
    }

    @Test func `a broker that is killed takes its own calls along and nobody else's, and comes back by itself`()
        async throws
    {
        let broker = try await MessageBroker.start()
        try await GatewayProcess.with(try Self.settings(broker)) { gateway in
            #expect(try await Self.call(gateway, "/queue/errand-a", "x")["isError"]?.bool != true)
            try await broker.kill()
            let error = Self.error(try await Self.call(gateway, "/queue/errand-a", "x"))
            #expect(error?["code"] == "unavailable", "\(error ?? .null)")
            let token = try await gateway.token()
            let other = try await gateway.call("rubin_list_runs", ["limit": 1], token: token)
            #expect(other["isError"]?.bool != true)
            try await broker.resume()
            try await Polling.wait(for: "the first message") {
                try await Self.call(gateway, "/queue/errand-a", "x")["isError"]?.bool != true ? () : nil
            }
        }
        try await broker.kill()
    }

    @Test func `what the site does not allow is not sent, and a wrong password is the operator's to know`() async throws
    {
        let broker = try await SharedMessageBroker.broker()
        try await GatewayProcess.with(try Self.settings(broker, password: "wrong staple")) { gateway in
            let forbidden = Self.error(try await Self.call(gateway, "/queue/other", "x"))
            #expect(forbidden?["code"] == "invalid_argument")
            let refused = Self.error(try await Self.call(gateway, "/queue/errand-b", "x"))
            #expect(refused?["code"] == "unavailable")
            #expect(refused?["message"]?.string?.contains("password") == false)
            try await Polling.wait(for: "the operator's line") {
                gateway.log.contains("User name [gateway] or password is invalid") ? () : nil
            }
            #expect(!gateway.log.contains("staple"))
        }
    }
}

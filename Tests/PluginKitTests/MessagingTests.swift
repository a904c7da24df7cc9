import JSON
import PluginKit
import PluginTesting
import Testing

@Suite("Messages as a tool sends them")
struct MessagingTests {
    /// Remembers what the host is asked, and answers as told.
    private final class Desk: HostCalling {
        let reply: HostReply
        private let asked: @Sendable (String, JSONValue) -> Void

        init(_ json: String, status: Int32 = 0, asked: @escaping @Sendable (String, JSONValue) -> Void = { _, _ in }) {
            reply = HostReply(status: status, body: Array(json.utf8))
            self.asked = asked
        }

        func invoke(_ operation: String, body: [UInt8]) async -> HostReply {
            asked(operation, (try? JSONValue(parsing: body)) ?? .null)
            return reply
        }

        func progress(done: Double, total: Double?, note: String) {}
        func log(_ level: LogLevel, _ message: String) {}
    }

    private func broker(_ host: any HostCalling) -> DataSource {
        CallContext(now: Timestamp(seconds: 0), host: host).source("broker")
    }

    @Test func `a message is one operation with all that it says`() async throws {
        let desk = Desk("{}") { operation, body in
            #expect(operation == "source.send")
            #expect(
                body == [
                    "source": "broker", "destination": "/queue/a", "headers": ["ttl": "5"], "body": ["a": 1],
                    "receipt": false,
                ]
            )
        }
        try await broker(desk).send(["a": 1], to: "/queue/a", headers: [("ttl", "5")], receipt: false)
    }

    @Test func `a question is one operation, and its answer says what it is`() async throws {
        let desk = Desk(#"{"headers":{"mood":"good"},"encoding":"json","body":{"status":"alive"}}"#) {
            operation,
            body in
            #expect(operation == "source.exchange")
            #expect(
                body == [
                    "source": "broker", "destination": "/queue/a", "headers": [:], "body": ["command": "ping"],
                    "reply_member": "reply_to", "timeout_ms": 1500,
                ]
            )
        }
        let answer = try await broker(desk).exchange(
            ["command": "ping"],
            with: "/queue/a",
            replyMember: "reply_to",
            timeout: .milliseconds(1500)
        )
        #expect(answer.json?["status"]?.string == "alive")
        #expect(answer.text == nil)
        #expect(answer.headers == ["mood": "good"])
    }

    @Test func `what the host refuses is the tool's error with the host's words`() async {
        let desk = Desk(#"{"message":"Not known.","hint":"Look."}"#, status: 5)
        await #expect(throws: ToolError(.unavailable, "Not known.", hint: "Look.")) {
            try await broker(desk).send("x", to: "/queue/a")
        }
        await #expect(throws: ToolError(.internal, "The gateway answered in a form this plugin cannot read.")) {
            _ = try await broker(Desk("{}")).exchange("x", with: "/queue/a")
        }
    }

    @Test func `a broker in memory remembers messages and answers questions`() async throws {
        let sources = SourcesInMemory(
            send: { _ throws(ToolError) in },
            exchange: { question throws(ToolError) in
                guard question.destination == "/queue/manager" else { throw ToolError(.timeout, "nobody") }
                return .json(["asked": question.body])
            }
        )
        try await broker(sources).send("x", to: "/queue/a")
        let answer = try await broker(sources).exchange(["n": 1], with: "/queue/manager", replyMember: "to")
        #expect(answer.json?["asked"]?["n"]?.integer == 1)
        await #expect(throws: ToolError(.timeout, "nobody")) {
            _ = try await broker(sources).exchange("x", with: "/queue/nobody")
        }
        #expect(sources.sent.map(\.destination) == ["/queue/a", "/queue/manager", "/queue/nobody"])
        #expect(sources.sent.map(\.replyMember) == [nil, "to", nil])
        #expect(sources.sent.map(\.body) == ["x", ["n": 1], "x"])
        await #expect(throws: ToolError(.notFound, "no such source")) {
            try await broker(SourcesInMemory()).send("x", to: "/queue/a")
        }
    }
}

import EPICTools
import JSON
import PluginKit
import PluginTesting
import Testing

@Suite("swf_send_message and swf_record_ai_memory")
struct SendMessageTests {
    private let send = "swf_send_message"
    private let record = "swf_record_ai_memory"

    @Test func `a message goes to the caller's namespace under the caller's name`() async throws {
        let testbed = StandInTestbed()
        let host = testbed.host
        let answer = try await testbed.call(send, ["message": "Hello", "metadata": ["a": [1]]], on: host)
        #expect(answer["sender"] == "ada-personal-agent" && answer["namespace"] == "east")
        let sent = try #require(host.sent.first)
        #expect(sent.destination == "/topic/epictopic" && host.sent.count == 1)
        #expect(
            sent.body == [
                "msg_type": "announcement", "sender": "ada-personal-agent", "namespace": "east", "message": "Hello",
                "timestamp": "2026-11-21T05:00:00+00:00", "source": "mcp_send_message", "metadata": ["a": [1]],
            ]
        )
        #expect(answer["content"] == sent.body)
    }

    @Test func `a test goes to everybody, and needs no testbed`() async throws {
        let testbed = StandInTestbed()
        let host = testbed.host
        let answer = try await testbed.call(
            send,
            ["message": "x", "message_type": "test"],
            by: TestbedCaller.user("eve"),
            on: host
        )
        #expect(answer["namespace"] == nil && host.sent.first?.body["namespace"] == .null)
    }

    @Test func `a file that names somebody else's namespace does not open it`() async {
        let testbed = StandInTestbed { $0.file = "testbed.namespace = \"west\"" }
        let host = testbed.host
        #expect(await testbed.refusal(send, ["message": "x"], on: host)?.code == .forbidden)
        #expect(host.sent.isEmpty)
    }

    @Test(
        arguments: [
            ["message": "x", "message_type": "run_workflow"], ["message": "x", "message_type": "stf_gen"],
            ["message": "x", "message_type": "end_run"], ["message": "x", "message_type": "a b"],
            ["message": "x", "message_type": "\u{0}"],
            ["message": "x", "metadata": ["a": .string(String(repeating: "x", count: 8192))]],
        ] as [JSONValue]
    )
    func `what agents act on, and what is no type, is not sent`(arguments: JSONValue) async {
        let testbed = StandInTestbed()
        let host = testbed.host
        #expect(await testbed.refusal(send, arguments, on: host)?.code == .invalidArgument)
        #expect(host.sent.isEmpty)
    }

    @Test func `who has no testbed or no name is told so, and a broker that is away too`() async {
        let testbed = StandInTestbed()
        #expect(await testbed.refusal(send, ["message": "x"], by: TestbedCaller.user("eve"))?.code == .conflict)
        #expect(await testbed.refusal(send, ["message": "x"], by: TestbedCaller.user(nil))?.code == .forbidden)
        let away = StandInTestbed { $0.brokerFailure = ToolError(.unavailable, "It is out of reach.") }
        #expect(await away.refusal(send, ["message": "x"])?.code == .unavailable)
    }

    // MARK: - What was said

    private let turn: JSONValue = ["session_id": "s1", "role": "user", "content": "Why?"]

    @Test func `a turn is recorded under the caller's name`() async throws {
        let testbed = StandInTestbed()
        let host = testbed.host
        let answer = try await testbed.call(record, turn, on: host)
        #expect(answer["id"] == 17 && answer["username"] == "ada" && answer["content_length"] == 4)
        let request = try #require(host.requests.first)
        #expect(request.source == "testbed_api" && request.method == "POST")
        #expect(request.path == "/api/ai-memory/record/")
        #expect(request.body == ["username": "ada", "session_id": "s1", "role": "user", "content": "Why?"])
    }

    @Test func `others' turns are for operators, and no subject passes for a name`() async throws {
        let testbed = StandInTestbed()
        var arguments = turn.object ?? JSONObject()
        arguments["username"] = "bob"
        let host = testbed.host
        #expect(await testbed.refusal(record, .object(arguments), on: host)?.code == .forbidden)
        arguments["username"] = "17"
        #expect(await testbed.refusal(record, .object(arguments), on: host)?.code == .forbidden)
        #expect(await testbed.refusal("swf_get_ai_memory", ["username": "17"], on: host)?.code == .forbidden)
        #expect(host.requests.isEmpty)
        arguments["username"] = "bob"
        let answer = try await testbed.call(record, .object(arguments), by: TestbedCaller.op)
        #expect(answer["username"] == "bob")
    }

    @Test(arguments: [("session_id", ""), ("content", "")])
    func `nothing is not recorded`(name: String, value: String) async {
        let testbed = StandInTestbed()
        var arguments = turn.object ?? JSONObject()
        arguments[name] = .string(value)
        #expect(await testbed.refusal(record, .object(arguments))?.code == .invalidArgument)
        let broken = StandInTestbed { $0.monitorStatus = 503 }
        #expect(await broken.refusal(record, turn)?.code == .unavailable)
    }
}

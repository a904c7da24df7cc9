import GatewayCore
import JSON
import MCPServer
import Testing

@Suite("Agreement to a call")
struct ConsentTests {
    private static func client() -> ModernClient {
        ModernClient(gateway: Gateway(further: [AskingProvider.contribution()]))
    }

    private static let arguments: JSONValue = ["what": "task\u{202E} 7\u{7}"]

    @Test func `what ends something asks its user first, with what will be done`() async throws {
        let client = Self.client()
        let asked = try await client.result("lab_end", Self.arguments)
        let request = try #require(asked?["inputRequests"]?["beamline_consent"])
        #expect(request["method"] == "elicitation/create")
        let message = try #require(request["params"]?["message"]?.string)
        #expect(message.contains("lab_end") && message.contains("task 7"))
        #expect(client.gateway.audit.events.map(\.outcome) == [.asked])
        let answer = try await client.result(
            "lab_end",
            Self.arguments,
            answers: ["beamline_consent": agreed()],
            state: asked?["requestState"]
        )
        #expect(answer?["structuredContent"] == ["consent": true])
    }

    @Test func `a user who agreed once agreed to one call`() async throws {
        let client = Self.client()
        let state = try await client.result("lab_end")?["requestState"]
        let answers: JSONValue = ["beamline_consent": agreed()]
        #expect(try await client.result("lab_end", answers: answers, state: state)?["isError"] == false)
        let again = try await client.send("lab_end", answers: answers, state: state)
        #expect(again.json?["error"]?["code"] == -32602)
    }

    @Test(
        arguments: [agreed(false), ["action": "decline"], ["action": "cancel"]] as [JSONValue]
    )
    func `a user who did not agree ends the call`(said: JSONValue) async throws {
        let client = Self.client()
        let state = try await client.result("lab_end")?["requestState"]
        let answer = try await client.result("lab_end", answers: ["beamline_consent": said], state: state)
        #expect(answer?["isError"] == true)
        #expect(answer?["structuredContent"]?["error"]?["code"] == "approval_required")
    }

    @Test func `nothing but the answer of a user who was asked counts`() async throws {
        let client = Self.client()
        let answers: JSONValue = ["beamline_consent": agreed()]
        #expect(try await client.result("lab_end", answers: answers)?["resultType"] == "input_required")
        let other = try await client.result("lab_name")?["requestState"]
        let response = try await client.send("lab_end", answers: answers, state: other)
        #expect(response.json?["error"]?["code"] == -32602)
    }

    @Test func `a client that cannot ask its user is told so`() async throws {
        var client = Self.client()
        client.capabilities = ["elicitation": ["url": [:]]]
        let answer = try await client.result("lab_end")
        #expect(answer?["structuredContent"]?["error"]?["code"] == "approval_required")
    }

    @Test func `arguments that do not fit are refused before anybody is asked`() async throws {
        let answer = try await Self.client().result("lab_end", ["what": 1])
        #expect(answer?["structuredContent"]?["error"]?["code"] == "invalid_argument")
    }

    @Test(arguments: [true, false])
    func `a tool that asks for agreement is told the answer`(yes: Bool) async throws {
        let client = Self.client()
        let asked = try await client.result("lab_agree")
        #expect(asked?["inputRequests"]?["beamline_consent"]?["params"]?["message"] == "Allow this?")
        let answer = try await client.result(
            "lab_agree",
            answers: ["beamline_consent": agreed(yes)],
            state: asked?["requestState"]
        )
        #expect(answer?["structuredContent"] == ["consent": .bool(yes)])
    }

    @Test func `a call inside a call asks for what is inside`() async throws {
        let client = Self.client()
        let inside: JSONValue = ["name": "lab_end", "arguments": ["what": "x"]]
        let asked = try await client.result("beamline_call_tool", inside)
        let answer = try await client.result(
            "beamline_call_tool",
            inside,
            answers: ["beamline_consent": agreed()],
            state: asked?["requestState"]
        )
        #expect(answer?["structuredContent"] == ["consent": true])
    }
}

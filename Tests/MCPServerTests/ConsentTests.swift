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
        #expect(message == "Allow lab_end to start, change or end something?\nwhat: \"task\\u{202e} 7\\u0007\"")
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

    @Test func `a tool that asks for agreement to several things is told each answer`() async throws {
        let client = Self.client()
        var asked = try await client.result("lab_agree")
        for (target, yes) in [("a", true), ("b", false)] {
            let message = asked?["inputRequests"]?["beamline_consent"]?["params"]?["message"]
            #expect(message?.string == "Allow \(target)?")
            asked = try await client.result(
                "lab_agree",
                answers: ["beamline_consent": agreed(yes)],
                state: asked?["requestState"]
            )
        }
        #expect(asked?["structuredContent"] == ["agreements": [true, false]])
    }

    @Test func `long arguments hide nothing, and too many cannot be agreed to`() async throws {
        let client = Self.client()
        let long = String(repeating: "x", count: 5000)
        let asked = try await client.result("lab_end_many", ["first": .string(long), "task": 7])
        let message = asked?["inputRequests"]?["beamline_consent"]?["params"]?["message"]?.string ?? ""
        #expect(message.contains("more characters") && message.hasSuffix("task: 7"))
        #expect(message.count < 600)
        var many = JSONObject()
        for number in 0..<1000 { many["argument\(number)"] = .integer(number) }
        let refused = try await client.result("lab_end_many", .object(many))
        #expect(refused?["structuredContent"]?["error"]?["code"] == "approval_required")
    }

    @Test func `a program that calls for itself cannot agree`() async throws {
        var client = Self.client()
        client.token = "program"
        let answer = try await client.result("lab_end")
        #expect(answer?["structuredContent"]?["error"]?["code"] == "approval_required")
    }

    @Test func `of what users agreed to before the gateway began nothing is known`() async throws {
        let clock = AdvancingClock()
        let sealed = Gateway(wallClock: clock, further: [AskingProvider.contribution()])
        let state = try await ModernClient(gateway: sealed).result("lab_end")?["requestState"]
        let answers: JSONValue = ["beamline_consent": agreed()]
        for (begin, isGood) in [(clock.now, true), (clock.now + 1, false)] {
            let restarted = Gateway(
                spent: SpentStates(since: begin),
                wallClock: clock,
                further: [AskingProvider.contribution()]
            )
            let response = try await ModernClient(gateway: restarted).send("lab_end", answers: answers, state: state)
            #expect((response.json?["result"] != nil) == isGood)
        }
    }

    @Test(arguments: [(SpentStates.Limits(states: 2), "bob"), (SpentStates.Limits(statesPerOwner: 2), "alice")])
    func `so many agreements are remembered, and no more calls are made than that`(
        limits: SpentStates.Limits,
        last: String
    ) async throws {
        let clock = AdvancingClock()
        let gateway = Gateway(
            spent: SpentStates(since: 0, limits: limits),
            wallClock: clock,
            further: [AskingProvider.contribution()]
        )
        let end = { (token: String) async throws -> JSONValue? in
            let client = ModernClient(gateway: gateway, token: token)
            let state = try await client.result("lab_end")?["requestState"]
            return try await client.result("lab_end", answers: ["beamline_consent": agreed()], state: state)
        }
        #expect(try await end("alice")?["isError"] == false)
        #expect(try await end("alice")?["isError"] == false)
        #expect(try await end(last)?["structuredContent"]?["error"]?["code"] == "rate_limited")
        clock.advance(by: 601)
        #expect(try await end(last)?["isError"] == false)
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

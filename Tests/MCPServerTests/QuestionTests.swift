import GatewayCore
import HTTPServer
import JSON
import MCPServer
import Synchronization
import Testing

@Suite("Questions to modern clients")
struct QuestionTests {
    private static func gateway(
        limits: QuestionLimits = QuestionLimits(),
        secrets: [String] = ["a secret of the tests, long enough"],
        edition: String = "lab 1",
        clock: any WallClock = FixedClock()
    ) -> Gateway {
        Gateway(
            questions: limits,
            sealer: Gateway.sealer(secrets),
            wallClock: clock,
            further: [AskingProvider.contribution(edition: edition)]
        )
    }

    private static func client(_ gateway: Gateway = gateway()) -> ModernClient { ModernClient(gateway: gateway) }

    private static let refusal = -32602

    @Test func `a call asks, and goes on with the answer and what it remembered`() async throws {
        let client = Self.client()
        let asked = try #require(try await client.result("lab_name"))
        #expect(asked["resultType"] == "input_required")
        #expect(asked["inputRequests"]?["name"]?["method"] == "elicitation/create")
        #expect(asked["inputRequests"]?["name"]?["params"]?["message"] == "name?")
        #expect(asked["ttlMs"] == nil && asked["content"] == nil)
        let state = try #require(asked["requestState"])
        let answer = try await client.result("lab_name", answers: ["name": accepted("Ada")], state: state)
        #expect(answer?["resultType"] == "complete")
        #expect(answer?["structuredContent"]?["answers"] == ["name": accepted("Ada")])
        #expect(answer?["structuredContent"]?["memory"] == "remembered")
    }

    @Test func `answers of all rounds reach the call`() async throws {
        let client = Self.client()
        let first = try await client.result("lab_twice")
        let second = try await client.result(
            "lab_twice",
            answers: ["name": accepted("Ada")],
            state: first?["requestState"]
        )
        #expect(second?["inputRequests"]?.object?.members.map(\.name) == ["reason"])
        let third = try await client.result(
            "lab_twice",
            answers: ["reason": accepted("because")],
            state: second?["requestState"]
        )
        #expect(
            third?["structuredContent"]?["answers"] == ["name": accepted("Ada"), "reason": accepted("because")]
        )
    }

    @Test func `everything is asked at once, in the protocol's own words`() async throws {
        let asked = try await Self.client().result("lab_everything")
        let methods = asked?["inputRequests"]?.object?.members.map { $0.value["method"]?.string }
        #expect(methods == ["elicitation/create", "elicitation/create", "sampling/createMessage", "roots/list"])
    }

    @Test func `a prompt asks too`() async throws {
        let client = Self.client()
        let asked = try await client.result(method: "prompts/get", "lab_letter")
        #expect(asked?["resultType"] == "input_required")
        let answer = try await client.result(
            method: "prompts/get",
            "lab_letter",
            answers: ["name": accepted("Ada")],
            state: asked?["requestState"]
        )
        #expect(answer?["messages"]?.array?.count == 1)
    }

    @Test(
        arguments: [
            [:], ["other": accepted("x")], ["name": [:]], ["name": ["action": "perhaps"]], ["name": "Ada"],
            ["name": ["action": "accept"]], ["name": ["action": "accept", "content": [:]]],
            ["name": ["action": "accept", "content": ["text": 1]]],
        ] as [JSONValue]
    )
    func `an answer that is missing, or is none, is asked for again`(answers: JSONValue) async throws {
        let client = Self.client()
        let asked = try await client.result("lab_name")
        let again = try await client.result("lab_name", answers: answers, state: asked?["requestState"])
        #expect(again?["resultType"] == "input_required")
        #expect(again?["inputRequests"]?["name"] != nil)
    }

    @Test func `an answer nobody asked for is dropped`() async throws {
        let client = Self.client()
        let unasked = try await client.result("lab_name", answers: ["name": accepted("Eve")])
        #expect(unasked?["resultType"] == "input_required")
        let answer = try await client.result(
            "lab_name",
            answers: ["name": accepted("Ada"), "reason": accepted("x"), "beamline_consent": agreed()],
            state: unasked?["requestState"]
        )
        #expect(answer?["structuredContent"]?["answers"] == ["name": accepted("Ada")])
        #expect(answer?["structuredContent"]?["consent"] == nil)
    }

    @Test(arguments: ["decline", "cancel"])
    func `a user who says no has answered`(action: String) async throws {
        let client = Self.client()
        let asked = try await client.result("lab_name")
        let said: JSONValue = ["name": ["action": .string(action)]]
        let answer = try await client.result("lab_name", answers: said, state: asked?["requestState"])
        #expect(answer?["structuredContent"]?["answers"] == said)
    }

    @Test(
        arguments: [
            ("lab_name", ["sampling": [:]], ["elicitation": ["form": [:]]]),
            ("lab_name", ["elicitation": ["url": [:]]], ["elicitation": ["form": [:]]]),
            ("lab_sample", ["elicitation": [:]], ["sampling": [:]]),
            (
                "lab_everything", ["elicitation": [:]],
                ["elicitation": ["url": [:]], "sampling": [:], "roots": [:]]
            ),
        ] as [(String, JSONValue, JSONValue)]
    )
    func `a client is only asked for what it declared`(
        tool: String,
        capabilities: JSONValue,
        missing: JSONValue
    ) async throws {
        var client = Self.client()
        client.capabilities = capabilities
        let response = try await client.send(method: "tools/call", tool)
        #expect(response.status == 400)
        #expect(response.json?["error"]?["code"] == -32021)
        #expect(response.json?["error"]?["data"]?["requiredCapabilities"] == missing)
    }

    // MARK: - The state

    @Test func `a state is good for its request and its caller alone`() async throws {
        let gateway = Self.gateway()
        let client = Self.client(gateway)
        let state = try await client.result("lab_name", ["a": 1])?["requestState"]
        let answers: JSONValue = ["name": accepted("Ada")]
        var others: [JSONValue?] = [
            try await client.send("lab_name", ["a": 2], answers: answers, state: state).json,
            try await client.send("lab_twice", ["a": 1], answers: answers, state: state).json,
            try await client.send(method: "prompts/get", "lab_letter", answers: answers, state: state).json,
        ]
        var thief = client
        thief.token = "mallory"
        others.append(try await thief.send("lab_name", ["a": 1], answers: answers, state: state).json)
        var elsewhere = client
        elsewhere.path = "/open"
        others.append(try await elsewhere.send("lab_name", ["a": 1], answers: answers, state: state).json)
        for other in others { #expect(other?["error"]?["code"] == .integer(Self.refusal), "\(other ?? .null)") }
        let own = try await client.result("lab_name", ["a": 1], answers: answers, state: state)
        #expect(own?["resultType"] == "complete")
    }

    @Test func `the order of the arguments does not matter`() async throws {
        let client = Self.client()
        let state = try await client.result("lab_name", ["a": 1, "b": ["c": 2, "d": [3]]])?["requestState"]
        let answer = try await client.result(
            "lab_name",
            ["b": ["d": [3], "c": 2], "a": 1],
            answers: ["name": accepted("Ada")],
            state: state
        )
        #expect(answer?["resultType"] == "complete")
    }

    @Test(arguments: ["", "v1.", "v1.AAAA", "nonsense", "v2.AAAA"])
    func `what was not given out is refused`(state: String) async throws {
        let response = try await Self.client().send("lab_name", answers: [:], state: .string(state))
        #expect(response.json?["error"]?["code"] == .integer(Self.refusal))
    }

    @Test func `a state that was changed is refused`() async throws {
        let client = Self.client()
        let state = try #require(try await client.result("lab_name")?["requestState"]?.string)
        for position in [0, 3, 20, state.utf8.count / 2, state.utf8.count - 1] {
            var bytes = Array(state.utf8)
            bytes[position] = bytes[position] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            let changed = JSONValue.string(String(decoding: bytes, as: UTF8.self))
            let response = try await client.send("lab_name", answers: ["name": accepted("Ada")], state: changed)
            #expect(response.json?["error"]?["code"] == .integer(Self.refusal), "\(position)")
        }
    }

    @Test(arguments: [(599, true), (600, false)])
    func `a question stays open as long as the site says`(seconds: Int64, isGood: Bool) async throws {
        let clock = AdvancingClock()
        let client = Self.client(Self.gateway(limits: QuestionLimits(lifetime: .seconds(600)), clock: clock))
        let state = try await client.result("lab_name")?["requestState"]
        clock.advance(by: seconds)
        let answer = try await client.result("lab_name", answers: ["name": accepted("Ada")], state: state)
        #expect((answer?["resultType"] == "complete") == isGood)
    }

    @Test func `another replica with the key goes on, also after the key has changed`() async throws {
        let old = "the old secret of the site, long enough"
        let new = "the new secret of the site, long enough"
        let state = try await Self.client(Self.gateway(secrets: [old])).result("lab_name")?["requestState"]
        let answers: JSONValue = ["name": accepted("Ada")]
        for (secrets, isGood) in [([old], true), ([new, old], true), ([new], false)] {
            let replica = Self.client(Self.gateway(secrets: secrets))
            let answer = try await replica.result("lab_name", answers: answers, state: state)
            #expect((answer?["resultType"] == "complete") == isGood, "\(secrets)")
        }
    }

    @Test func `after a change of the plugin the call begins afresh`() async throws {
        let state = try await Self.client().result("lab_name")?["requestState"]
        let changed = Self.client(Self.gateway(edition: "lab 2"))
        let again = try await changed.result("lab_name", answers: ["name": accepted("Ada")], state: state)
        #expect(again?["resultType"] == "input_required")
    }

    @Test(arguments: [1, 3])
    func `a call asks only so often`(rounds: Int) async throws {
        let client = Self.client(Self.gateway(limits: QuestionLimits(rounds: rounds)))
        var result = try await client.result("lab_endless")
        for _ in 0..<rounds {
            #expect(result?["resultType"] == "input_required")
            result = try await client.result("lab_endless", state: result?["requestState"])
        }
        #expect(result?["structuredContent"]?["error"]?["code"] == "unavailable")
    }

    @Test(arguments: [(55, true), (54, false)])
    func `the answers to one call are limited together`(limit: Int, isGood: Bool) async throws {
        let client = Self.client(Self.gateway(limits: QuestionLimits(answerBytes: limit)))
        let state = try await client.result("lab_name")?["requestState"]
        let response = try await client.send("lab_name", answers: ["name": accepted("12345")], state: state)
        #expect((response.json?["result"] != nil) == isGood, "\(response.json ?? .null)")
        #expect((response.json?["error"]?["code"] == -32602) != isGood)
    }

    @Test(arguments: [("requestState", 1), ("inputResponses", [])] as [(String, JSONValue)])
    func `members of another type are refused`(member: String, value: JSONValue) async throws {
        let client = Self.client()
        let response =
            try await member == "requestState"
            ? client.send("lab_name", state: value) : client.send("lab_name", answers: value)
        #expect(response.json?["error"]?["code"] == .integer(Self.refusal))
    }
}

extension ModernClient {
    /// A call of a tool.
    func send(
        _ tool: String,
        _ arguments: JSONValue? = nil,
        answers: JSONValue? = nil,
        state: JSONValue? = nil
    ) async throws -> HTTPResponse {
        try await send(method: "tools/call", tool, arguments, answers: answers, state: state)
    }

    /// The result of a call of a tool.
    func result(
        _ tool: String,
        _ arguments: JSONValue? = nil,
        answers: JSONValue? = nil,
        state: JSONValue? = nil
    ) async throws -> JSONValue? {
        try await result(method: "tools/call", tool, arguments, answers: answers, state: state)
    }
}

/// A wall clock that goes when it is told to.
final class AdvancingClock: WallClock {
    private let moment = Mutex<Int64>(1_000_000)

    var now: Int64 { moment.withLock { $0 } }

    func advance(by seconds: Int64) {
        moment.withLock { $0 += seconds }
    }
}

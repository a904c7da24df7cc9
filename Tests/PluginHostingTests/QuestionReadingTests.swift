import GatewayCore
import JSON
import PluginHosting
import PluginRuntime
import Testing

@Suite("What plugins ask")
struct QuestionReadingTests {
    private static func call(
        _ tool: String,
        _ body: String = "{}",
        interaction: Interaction = Interaction(),
        limits: PluginLimits = PluginLimits()
    ) async throws -> ProviderReply {
        let loader = quietLoader()
        let request = try await PluginLoadRequest.fixture("asks", limits: limits)
        let outcome = try #require(await loader.load([request]).first)
        let reply = try await outcome.result.get().provider.call(.test(tool, body, interaction: interaction))
        await loader.shutdown()
        return reply
    }

    private static func inputs(_ requests: String) -> String { #"{"inputRequests":\#(requests)}"# }

    private static func form(_ schema: String) -> String {
        #"{"method":"elicitation/create","params":{"message":"?","requestedSchema":\#(schema)}}"#
    }

    private static func link(_ url: String) -> String {
        #"{"method":"elicitation/create","params":{"mode":"url","message":"?","url":"\#(url)"}}"#
    }

    private static let flat = #"{"type":"object","properties":{"a":{"type":"string"}}}"#

    @Test func `questions of every kind pass with their parameters as they are`() async throws {
        let several = #"{"type":"object","properties":{"a":{"type":"array","items":{"enum":["x"]}}}}"#
        let sampling = #"{"method":"sampling/createMessage","params":{"messages":[],"maxTokens":5}}"#
        let body = Self.inputs(
            """
            {"form":\(Self.form(Self.flat)),"several":\(Self.form(several)),"link":\(Self.link("https://a.example")),
            "model":\(sampling),"folders":{"method":"roots/list"}}
            """
        )
        let question = try await Self.call("ask", body.dropLast() + #","state":"kept"}"#)
        guard case .question(.inputs(let inputs, let memory)) = question else {
            Issue.record("\(question)")
            return
        }
        #expect(memory == "kept")
        #expect(inputs.map(\.key) == ["form", "several", "link", "model", "folders"])
        #expect(inputs[0].kind == .form(schema: Array(Self.flat.utf8)))
        #expect(inputs[2...].map(\.kind) == [.link, .sampling, .roots])
        #expect(inputs.map(\.hasManyChoices) == [false, true, false, false, false])
        #expect(String(decoding: inputs[3].parameters, as: UTF8.self) == #"{"messages":[],"maxTokens":5}"#)
    }

    @Test func `agreement is asked for in plain words`() async throws {
        let body = #"{"consent":{"action":"kill","target":"task 7\u202e","details":"It has\n3 jobs."}}"#
        guard case .question(.consent(let statement, let text)) = try await Self.call("ask", body) else {
            Issue.record("no question")
            return
        }
        #expect(text == "Allow this: kill task 7? It has 3 jobs.")
        #expect(statement == Statement(action: "kill", target: "task 7\u{202E}", details: "It has\n3 jobs."))
    }

    @Test(
        arguments: [
            "{}", inputs("{}"), inputs("[]"), inputs(#"{"":{"method":"roots/list"}}"#),
            inputs(#"{"beamline_consent":{"method":"roots/list"}}"#), inputs(#"{"a":{"method":"tools/call"}}"#),
            inputs(#"{"a":{"method":"roots/list","params":[]}}"#), inputs(#"{"a":{"method":"elicitation/create"}}"#),
            inputs(#"{"a":{"method":"sampling/createMessage","params":{"messages":[]}}}"#),
            inputs(#"{"a":\#(form("{}"))}"#), inputs(#"{"a":\#(form(#"{"type":"object"}"#))}"#),
            inputs(#"{"a":\#(form(#"{"type":"object","properties":{"a":{"type":"object"}}}"#))}"#),
            inputs(#"{"a":\#(form(#"{"type":"object","properties":{"a":{"type":"string","pattern":"("}}}"#))}"#),
            inputs(#"{"a":\#(link("http://a.example"))}"#), inputs(#"{"a":\#(link("https://a b"))}"#),
            inputs(#"{"a":\#(link("https://"))}"#), inputs(#"{"a":\#(link("https:///x"))}"#),
            inputs(#"{"a":\#(link("https://me:secret@a.example/"))}"#),
            inputs(#"{"a":{"method":"sampling/createMessage","params":{"messages":[],"maxTokens":5,"tools":[]}}}"#),
            inputs(#"{"a":{"method":"elicitation/create","params":{"mode":"song","message":"?"}}}"#),
            #"{"inputRequests":{"a":{"method":"roots/list"}},"state":7}"#, #"{"consent":{"action":"kill"}}"#,
        ]
    )
    func `a question that cannot be asked is a fault of the plugin`(body: String) async throws {
        guard case .failure(let error) = try await Self.call("ask", body) else {
            Issue.record("it was taken: \(body)")
            return
        }
        #expect(error.code == .internal)
    }

    @Test(arguments: [(16, true), (17, false)])
    func `so many things are asked at once`(count: Int, isGood: Bool) async throws {
        let requests = (0..<count).map { #""k\#($0)":{"method":"roots/list"}"# }.joined(separator: ",")
        let reply = try await Self.call("ask", Self.inputs("{\(requests)}"))
        #expect(reply.isQuestion == isGood)
    }

    @Test(arguments: [(29, true), (28, false)])
    func `a question is as large as the site says`(limit: Int, isGood: Bool) async throws {
        let limits = PluginLimits(questionBytes: limit, memoryBytes: 0)
        let reply = try await Self.call("ask", Self.inputs(#"{"a":{"method":"roots/list"}}"#), limits: limits)
        #expect(reply.isQuestion == isGood)
    }

    @Test(arguments: [(4, true), (3, false)])
    func `a plugin remembers as much as the site says`(limit: Int, isGood: Bool) async throws {
        let body = #"{"inputRequests":{"a":{"method":"roots/list"}},"state":"kept"}"#
        let reply = try await Self.call("ask", body, limits: PluginLimits(memoryBytes: limit))
        #expect(reply.isQuestion == isGood)
    }

    @Test func `a call is told what was asked and answered`() async throws {
        let interaction = Interaction(
            abilities: [.form, .link, .sampling, .roots],
            answers: Array(#"{"a":{"action":"cancel"}}"#.utf8),
            memory: "kept",
            consent: true
        )
        guard case .result(let result) = try await Self.call("act", interaction: interaction) else {
            Issue.record("no result")
            return
        }
        let context = try JSONValue(parsing: result.structured)
        #expect(
            context["client_capabilities"] == [
                "elicitation": ["form": [:], "url": [:]], "sampling": [:], "roots": [:],
            ]
        )
        #expect(context["input_responses"] == ["a": ["action": "cancel"]])
        #expect(context["state"] == "kept")
        #expect(context["consent"] == ["granted": true])
    }

    @Test func `a call is told what the user said to each of its statements`() async throws {
        let interaction = Interaction(
            agreements: [
                Agreement(Statement(action: "stop", target: "a"), isGranted: true),
                Agreement(Statement(action: "end", target: "b", details: "Now."), isGranted: false),
            ]
        )
        guard case .result(let result) = try await Self.call("act", interaction: interaction) else {
            Issue.record("no result")
            return
        }
        let context = try JSONValue(parsing: result.structured)
        #expect(context["consent"] == ["action": "end", "target": "b", "details": "Now.", "granted": false])
        #expect(context["consents"]?.array?.count == 2)
        #expect(context["consents"]?.array?.first == ["action": "stop", "target": "a", "granted": true])
    }

    @Test func `a call of a client that cannot be asked is told nothing of it`() async throws {
        guard case .result(let result) = try await Self.call("act") else {
            Issue.record("no result")
            return
        }
        let context = try JSONValue(parsing: result.structured)
        for name in ["client_capabilities", "input_responses", "state", "consent"] { #expect(context[name] == nil) }
    }
}

extension ProviderReply {
    fileprivate var isQuestion: Bool {
        if case .question = self { true } else { false }
    }
}

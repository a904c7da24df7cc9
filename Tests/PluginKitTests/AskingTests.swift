import JSON
import PluginKit
import PluginTesting
import Testing

@Suite("What a tool asks")
struct AskingTests {
    private struct GreetTool: Tool {
        struct Input: Decodable, Sendable {}
        struct Output: Encodable, Sendable {
            let greeting: String
        }

        static let description = ToolDescription(
            name: "greet",
            title: "Greet",
            summary: "Greets.",
            input: .object([]),
            output: .object([.required("greeting", .string())])
        )

        func call(_ input: Input, in context: CallContext) async throws(ToolError) -> Output {
            let name = Question.form(
                "name",
                "Who are you?",
                [.required("name", .string()), .optional("age", .integer())]
            )
            let answers = try context.ask([name, .roots("folders")], remembering: "greeting")
            guard case .accepted(let form) = answers["name"] else { return Output(greeting: "Bye.") }
            guard try context.consent(to: "greet", form["name"]?.string ?? "", details: "Once.") else {
                return Output(greeting: "…")
            }
            return Output(greeting: "\(context.conversation.memory ?? ""): \(form["name"]?.string ?? "")")
        }
    }

    private static func greet(_ conversation: Conversation) async throws(CallHarness.Failure) -> JSONValue {
        try await CallHarness(
            GreetTool(),
            host: SourcesInMemory(),
            now: Timestamp(seconds: 0),
            conversation: conversation
        ).call()
    }

    private static func asked(_ conversation: Conversation) async -> JSONValue? {
        do {
            _ = try await greet(conversation)
            return nil
        } catch {
            guard case .tool(let error) = error, error.code == .inputRequired else { return nil }
            return error.asked
        }
    }

    private static let roots: [String: Answer] = ["folders": .accepted(["roots": []])]

    @Test func `what has no answer is asked, at once and with what is to be remembered`() async throws {
        let asked = try #require(await Self.asked(Conversation()))
        #expect(asked["state"] == "greeting")
        #expect(asked["inputRequests"]?["folders"] == ["method": "roots/list", "params": [:]])
        let form = asked["inputRequests"]?["name"]
        #expect(form?["method"] == "elicitation/create")
        #expect(form?["params"]?["mode"] == "form" && form?["params"]?["message"] == "Who are you?")
        let schema: JSONValue = [
            "type": "object", "properties": ["name": ["type": "string"], "age": ["type": "integer"]],
            "required": ["name"],
        ]
        #expect(form?["params"]?["requestedSchema"] == schema)
    }

    @Test func `what has an answer is not asked again`() async throws {
        let asked = await Self.asked(Conversation(answers: Self.roots))
        #expect(asked?["inputRequests"]?.object?.members.map(\.name) == ["name"])
    }

    @Test func `agreement is asked for`() async throws {
        let answers = Self.roots.merging(["name": .accepted(["name": "Ada"])]) { old, _ in old }
        let asked = await Self.asked(Conversation(answers: answers))
        #expect(asked == ["consent": ["action": "greet", "target": "Ada", "details": "Once."]])
        let other = Conversation(
            answers: answers,
            consent: true,
            agreements: [.init(to: "greet", "Bob", details: "Once.", isGranted: true)]
        )
        #expect(await Self.asked(other) == asked)
    }

    @Test(
        arguments: [
            (.accepted(["name": "Ada"]), true, "greeting: Ada"), (.accepted(["name": "Ada"]), false, "…"),
            (.declined, nil, "Bye."), (.cancelled, nil, "Bye."),
        ] as [(Answer, Bool?, String)]
    )
    func `the call goes on with the answers`(answer: Answer, consent: Bool?, greeting: String) async throws {
        let answers = Self.roots.merging(["name": answer]) { old, _ in old }
        let agreements = consent.map {
            [Conversation.Agreement(to: "greet", "Ada", details: "Once.", isGranted: $0)]
        }
        let conversation = Conversation(answers: answers, memory: "greeting", agreements: agreements ?? [])
        #expect(try await Self.greet(conversation) == ["greeting": .string(greeting)])
    }
}

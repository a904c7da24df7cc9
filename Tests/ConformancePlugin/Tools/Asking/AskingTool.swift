import JSON
package import PluginKit

/// A tool that asks the client, its user or its model before it answers in words.
package protocol AskingTool: Tool where Output == ToolContent {
    static var name: String { get }
    static var summary: String { get }
    static var input: Schema { get }

    func answer(to input: Input, in context: CallContext) async throws(ToolError) -> String
}

/// Nothing is asked for.
package struct NoArguments: Decodable, Sendable {}

extension AskingTool {
    package static var input: Schema { .object([]) }

    package static var description: ToolDescription {
        ToolDescription(name: name, title: "Question", summary: summary, input: input, output: nil)
    }

    package func call(_ input: Input, in context: CallContext) async throws(ToolError) -> ToolContent {
        ToolContent(.text(try await answer(to: input, in: context)))
    }
}

/// The questions that more than one tool asks.
enum SuiteQuestion {
    static let name = Question.form("user_name", "What is your name?", [.required("name", .string())])
    static let confirmation = Question.form("confirm", "Please confirm", [.required("ok", .boolean())])
    static let roots = Question.roots("client_roots")
    static let capital = sampling("capital_question", "What is the capital of France?", maxTokens: 100)

    static func sampling(_ key: String, _ text: String, maxTokens: Int) -> Question {
        .sampling(
            key,
            [
                "messages": [["role": "user", "content": ["type": "text", "text": .string(text)]]],
                "maxTokens": .integer(maxTokens),
            ]
        )
    }
}

extension Answer {
    /// A field of a form, or nothing.
    func text(_ field: String) -> String { value?[field]?.string ?? "" }

    /// What a model wrote.
    var written: String { value?["content"]?["text"]?.string ?? "" }

    /// What the user did and wrote, as JSON.
    var told: (action: String, content: String) {
        switch self {
        case .accepted(let value): ("accept", String(decoding: value.serialized, as: UTF8.self))
        case .declined: ("decline", "{}")
        case .cancelled: ("cancel", "{}")
        }
    }
}

package import PluginKit

/// A prompt that asks before it has anything to say.
package struct AskingPrompt: Prompt {
    package static let description = PromptDescription(
        name: "test_input_required_result_prompt",
        title: "Prompt that asks",
        summary: "A prompt that asks for its context"
    )

    package func messages(
        _ arguments: [String: String],
        in context: CallContext
    ) async throws(ToolError) -> [PromptMessage] {
        let question = Question.form(
            "user_context",
            "What context should the prompt use?",
            [.required("context", .string())]
        )
        return [PromptMessage(.user, "Use the context: \(try context.ask(question).text("context"))")]
    }
}

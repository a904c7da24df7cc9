package import PluginKit

/// A prompt without arguments.
package struct SimplePrompt: Prompt {
    package static let description = PromptDescription(
        name: "test_simple_prompt",
        title: "Simple prompt",
        summary: "A prompt without arguments"
    )

    package func messages(
        _ arguments: [String: String],
        in context: CallContext
    ) async throws(ToolError) -> [PromptMessage] {
        [PromptMessage(.user, "This is a simple prompt for testing.")]
    }
}

package import PluginKit

/// A prompt that comes and goes.
package struct DynamicPrompt: Prompt {
    package static let description = PromptDescription(
        name: "test_dynamic_prompt",
        title: "Dynamic prompt",
        summary: "A prompt that comes and goes"
    )

    package func messages(
        _ arguments: [String: String],
        in context: CallContext
    ) async throws(ToolError) -> [PromptMessage] {
        [PromptMessage(.user, "dynamic")]
    }
}

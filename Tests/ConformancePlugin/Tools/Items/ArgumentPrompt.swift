package import PluginKit

/// A prompt with two arguments, one of which can be completed.
package struct ArgumentPrompt: Prompt {
    package static let description = PromptDescription(
        name: "test_prompt_with_arguments",
        title: "Prompt with arguments",
        summary: "A prompt with required arguments",
        arguments: [.init("arg1", "First test argument"), .init("arg2", "Second test argument")]
    )

    package func messages(
        _ arguments: [String: String],
        in context: CallContext
    ) async throws(ToolError) -> [PromptMessage] {
        [
            PromptMessage(
                .user,
                "Prompt with arguments: arg1='\(arguments["arg1"] ?? "")', arg2='\(arguments["arg2"] ?? "")'"
            )
        ]
    }

    package func values(
        of argument: String,
        beginning: String,
        given: [String: String],
        in context: CallContext
    ) async throws(ToolError) -> [String] {
        guard argument == "arg1" else { return [] }
        return ["paris", "park", "party"].filter { $0.hasPrefix(beginning) }
    }
}

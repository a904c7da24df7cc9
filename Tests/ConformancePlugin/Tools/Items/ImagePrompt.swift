package import PluginKit

/// A prompt that brings a picture along.
package struct ImagePrompt: Prompt {
    package static let description = PromptDescription(
        name: "test_prompt_with_image",
        title: "Prompt with a picture",
        summary: "A prompt with a picture"
    )

    package func messages(
        _ arguments: [String: String],
        in context: CallContext
    ) async throws(ToolError) -> [PromptMessage] {
        [
            PromptMessage(.user, .image(SampleMedia.picture, mimeType: "image/png")),
            PromptMessage(.user, "Please analyze the image above."),
        ]
    }
}

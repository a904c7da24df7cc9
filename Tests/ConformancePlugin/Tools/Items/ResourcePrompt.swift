package import PluginKit

/// A prompt that brings a resource along.
package struct ResourcePrompt: Prompt {
    package static let description = PromptDescription(
        name: "test_prompt_with_embedded_resource",
        title: "Prompt with a resource",
        summary: "A prompt with an embedded resource",
        arguments: [.init("resourceUri", "URI of the resource to embed")]
    )

    package func messages(
        _ arguments: [String: String],
        in context: CallContext
    ) async throws(ToolError) -> [PromptMessage] {
        [
            PromptMessage(
                .user,
                .resource(
                    uri: arguments["resourceUri"] ?? "",
                    mimeType: "text/plain",
                    .text("Embedded resource content for testing.")
                )
            ),
            PromptMessage(.user, "Please process the embedded resource above."),
        ]
    }
}

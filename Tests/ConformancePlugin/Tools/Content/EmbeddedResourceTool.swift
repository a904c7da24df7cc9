package import PluginKit

/// Answers with a resource and what it holds.
package struct EmbeddedResourceTool: Tool {
    package struct Input: Decodable, Sendable {}

    package static let description = ToolDescription(
        name: "test_embedded_resource",
        title: "Embedded resource",
        summary: "Answers with a resource and what it holds.",
        input: .object([]),
        output: nil
    )

    package init() {}

    package func call(_ input: Input, in context: CallContext) async throws(ToolError) -> ToolContent {
        ToolContent(
            .resource(
                uri: "test://embedded-resource",
                mimeType: "text/plain",
                .text("This is an embedded resource content.")
            )
        )
    }
}

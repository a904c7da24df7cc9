package import PluginKit

/// Answers with a text, a picture and a resource.
package struct MixedContentTool: Tool {
    package struct Input: Decodable, Sendable {}

    package static let description = ToolDescription(
        name: "test_multiple_content_types",
        title: "Mixed content",
        summary: "Answers with a text, a picture and a resource.",
        input: .object([]),
        output: nil
    )

    package init() {}

    package func call(_ input: Input, in context: CallContext) async throws(ToolError) -> ToolContent {
        ToolContent(
            .text("Multiple content types test:"),
            .image(SampleMedia.picture, mimeType: "image/png"),
            .resource(
                uri: "test://mixed-content-resource",
                mimeType: "application/json",
                .text(#"{"test":"data","value":123}"#)
            )
        )
    }
}

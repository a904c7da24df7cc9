package import PluginKit

/// Answers with a picture.
package struct ImageTool: Tool {
    package struct Input: Decodable, Sendable {}

    package static let description = ToolDescription(
        name: "test_image_content",
        title: "Picture",
        summary: "Answers with a picture.",
        input: .object([]),
        output: nil
    )

    package init() {}

    package func call(_ input: Input, in context: CallContext) async throws(ToolError) -> ToolContent {
        ToolContent(.image(SampleMedia.picture, mimeType: "image/png"))
    }
}

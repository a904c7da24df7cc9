package import PluginKit

/// Answers with one text.
package struct SimpleTextTool: Tool {
    package struct Input: Decodable, Sendable {}

    package static let description = ToolDescription(
        name: "test_simple_text",
        title: "Simple text",
        summary: "Answers with one text.",
        input: .object([]),
        output: nil
    )

    package init() {}

    package func call(_ input: Input, in context: CallContext) async throws(ToolError) -> ToolContent {
        ToolContent(.text("This is a simple text response for testing."))
    }
}

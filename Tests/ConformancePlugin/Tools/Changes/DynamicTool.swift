package import PluginKit

/// A tool that comes and goes.
package struct DynamicTool: Tool {
    package struct Input: Decodable, Sendable {}

    package static let description = ToolDescription(
        name: "test_dynamic_tool",
        title: "Dynamic tool",
        summary: "A tool that comes and goes.",
        input: .object([]),
        output: nil
    )

    package init() {}

    package func call(_ input: Input, in context: CallContext) async throws(ToolError) -> ToolContent {
        ToolContent(.text("dynamic"))
    }
}

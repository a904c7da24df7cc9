package import PluginKit

/// Says how far it has come.
package struct ProgressTool: Tool {
    package struct Input: Decodable, Sendable {}

    package static let description = ToolDescription(
        name: "test_tool_with_progress",
        title: "Progress",
        summary: "Says how far it has come: 0, 50 and 100 of 100, 50 ms apart.",
        input: .object([]),
        output: nil
    )

    package init() {}

    package func call(_ input: Input, in context: CallContext) async throws(ToolError) -> ToolContent {
        context.progress(0, total: 100)
        try await Pause.short()
        context.progress(50, total: 100)
        try await Pause.short()
        context.progress(100, total: 100)
        return ToolContent(.text("Tool with progress executed successfully"))
    }
}

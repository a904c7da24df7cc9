package import PluginKit

/// Tells the client of three steps.
package struct LoggingTool: Tool {
    package struct Input: Decodable, Sendable {}

    package static let description = ToolDescription(
        name: "test_tool_with_logging",
        title: "Messages",
        summary: "Tells the client of three steps, 50 ms apart.",
        input: .object([]),
        output: nil
    )

    package init() {}

    package func call(_ input: Input, in context: CallContext) async throws(ToolError) -> ToolContent {
        context.tell(.info, "Tool execution started")
        try await Pause.short()
        context.tell(.info, "Tool processing data")
        try await Pause.short()
        context.tell(.info, "Tool execution completed")
        return ToolContent(.text("Tool with logging executed successfully"))
    }
}

package import PluginKit

/// Sends one message, which a client that asked for none must not get.
package struct QuietLoggingTool: Tool {
    package struct Input: Decodable, Sendable {}

    package static let description = ToolDescription(
        name: "test_logging_tool",
        title: "One message",
        summary: "Sends one message, to a client that asks for messages.",
        input: .object([]),
        output: nil
    )

    package init() {}

    package func call(_ input: Input, in context: CallContext) async throws(ToolError) -> ToolContent {
        context.tell(.info, "test_logging_tool ran")
        return ToolContent(.text("Logging tool executed"))
    }
}

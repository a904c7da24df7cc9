package import PluginKit

/// Changes the list of tools.
package struct ToolChangeTool: Tool {
    package struct Input: Decodable, Sendable {}

    package static let description = ToolDescription(
        name: "test_trigger_tool_change",
        title: "Change the tools",
        summary: "Adds the tool test_dynamic_tool, or takes it away again.",
        input: .object([]),
        output: nil,
        effect: .writes(isIdempotent: false)
    )

    private let offer: ChangingOffer

    init(_ offer: ChangingOffer) {
        self.offer = offer
    }

    package func call(_ input: Input, in context: CallContext) async throws(ToolError) -> ToolContent {
        offer.turnTool()
        context.announce(.tools)
        return ToolContent(.text("Tool list changed"))
    }
}

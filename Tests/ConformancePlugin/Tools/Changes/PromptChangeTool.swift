package import PluginKit

/// Changes the list of prompts.
package struct PromptChangeTool: Tool {
    package struct Input: Decodable, Sendable {}

    package static let description = ToolDescription(
        name: "test_trigger_prompt_change",
        title: "Change the prompts",
        summary: "Adds the prompt test_dynamic_prompt, or takes it away again.",
        input: .object([]),
        output: nil,
        effect: .writes(isIdempotent: false)
    )

    private let offer: ChangingOffer

    init(_ offer: ChangingOffer) {
        self.offer = offer
    }

    package func call(_ input: Input, in context: CallContext) async throws(ToolError) -> ToolContent {
        offer.turnPrompt()
        context.announce(.prompts)
        return ToolContent(.text("Prompt list changed"))
    }
}

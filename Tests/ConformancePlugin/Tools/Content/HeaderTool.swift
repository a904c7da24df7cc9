import JSON
package import PluginKit

/// Says what its argument was, which its client repeats in a header field.
package struct HeaderTool: Tool {
    package struct Input: Decodable, Sendable {
        let value: String?
    }

    package static let description = ToolDescription(
        name: "test_header_parameter",
        title: "Header parameter",
        summary: "Says what its argument was, which its client repeats in a header field.",
        input: Schema([
            "type": "object",
            "properties": ["value": ["type": "string", "description": "Any text.", "x-mcp-header": "Value"]],
            "additionalProperties": false,
        ]),
        output: nil
    )

    package init() {}

    package func call(_ input: Input, in context: CallContext) async throws(ToolError) -> ToolContent {
        ToolContent(.text("value: \(input.value ?? "none")"))
    }
}

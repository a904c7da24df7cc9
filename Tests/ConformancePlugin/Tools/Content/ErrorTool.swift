package import PluginKit

/// Always fails.
package struct ErrorTool: Tool {
    package struct Input: Decodable, Sendable {}

    package static let description = ToolDescription(
        name: "test_error_handling",
        title: "Error",
        summary: "Always fails.",
        input: .object([]),
        output: nil
    )

    package init() {}

    package func call(_ input: Input, in context: CallContext) async throws(ToolError) -> ToolContent {
        throw ToolError(.internal, "This tool intentionally returns an error for testing")
    }
}

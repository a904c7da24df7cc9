package import PluginKit

/// Says that the watched resource has changed; the suite has no name for it.
package struct ResourceUpdateTool: Tool {
    package struct Input: Decodable, Sendable {}

    package static let description = ToolDescription(
        name: "test_trigger_resource_update",
        title: "Update the resource",
        summary: "Says that test://watched-resource has changed.",
        input: .object([]),
        output: nil,
        effect: .writes(isIdempotent: false)
    )

    package init() {}

    package func call(_ input: Input, in context: CallContext) async throws(ToolError) -> ToolContent {
        context.announce(.resource(WatchedResource.description.uri))
        return ToolContent(.text("Resource updated"))
    }
}

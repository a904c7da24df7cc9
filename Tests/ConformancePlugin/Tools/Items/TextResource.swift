package import PluginKit

/// A text.
package struct TextResource: Resource {
    package static let description = ResourceDescription(
        uri: "test://static-text",
        name: "Static Text Resource",
        title: "Text",
        summary: "A static text resource for testing",
        mimeType: "text/plain"
    )

    package func read(_ request: ResourceRequest, in context: CallContext) async throws(ToolError) -> ResourceContent {
        .text("This is the content of the static text resource.")
    }
}

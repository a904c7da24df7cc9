package import PluginKit

/// A text that clients can watch.
package struct WatchedResource: Resource {
    package static let description = ResourceDescription(
        uri: "test://watched-resource",
        name: "Watched Resource",
        title: "Watched text",
        summary: "A resource that can be subscribed to",
        mimeType: "text/plain"
    )

    package func read(_ request: ResourceRequest, in context: CallContext) async throws(ToolError) -> ResourceContent {
        .text("Watched resource content")
    }
}

package import PluginKit

/// A picture.
package struct BinaryResource: Resource {
    package static let description = ResourceDescription(
        uri: "test://static-binary",
        name: "Static Binary Resource",
        title: "Picture",
        summary: "A static binary resource (image) for testing",
        mimeType: "image/png"
    )

    package func read(_ request: ResourceRequest, in context: CallContext) async throws(ToolError) -> ResourceContent {
        .bytes(SampleMedia.picture)
    }
}

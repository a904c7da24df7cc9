import JSON
package import PluginKit

/// What the code tables say about an error, as a resource that clients can attach to a conversation.
package struct ErrorResource: Resource {
    package static let description = ResourceDescription(
        uri: "panda://errors/{component}/{code}",
        name: "error",
        title: "A PanDA error code",
        summary: "What an error code of a component, such as pilot 1235, means and what to do about it.",
        mimeType: "application/json"
    )

    package init() {}

    package func read(_ request: ResourceRequest, in context: CallContext) async throws(ToolError) -> ResourceContent {
        guard let component = request.variables["component"].flatMap(ErrorComponent.init(name:)),
            let code = request.variables["code"].flatMap({ Int($0) }),
            let explanation = ErrorExplanation(code: code, component: component)
        else { throw ToolError(.notFound, "No table has this code.") }
        return try JSONText.of(explanation)
    }
}

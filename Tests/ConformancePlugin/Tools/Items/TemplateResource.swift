import JSON
package import PluginKit

/// What a template stands for: a small document for every id.
package struct TemplateResource: Resource {
    package static let description = ResourceDescription(
        uri: "test://template/{id}/data",
        name: "Resource Template",
        title: "Data by id",
        summary: "A resource template with parameter substitution",
        mimeType: "application/json"
    )

    package func read(_ request: ResourceRequest, in context: CallContext) async throws(ToolError) -> ResourceContent {
        let id = request.variables["id"] ?? ""
        let document: JSONValue = ["id": .string(id), "templateTest": true, "data": .string("Data for ID: \(id)")]
        return .text(String(decoding: document.serialized, as: UTF8.self))
    }
}

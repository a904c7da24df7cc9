package import PluginKit

/// The tools about data that Rucio looks after.
package enum RucioTools {
    package static let descriptions: [ToolDescription] = [
        FindDIDsTool.description, DIDTool.description, DIDFilesTool.description, ReplicasTool.description,
        RulesTool.description, RuleTool.description, StorageUsageTool.description, AccountUsageTool.description,
    ]

    /// A server the site may leave out; the tools then say so.
    package static let requirement = SourceRequirement(RucioSource.name, .http, isRequired: false)

    /// Whether the server answers; it says its version to everybody.
    package static let probe = ServiceProbe(
        RucioSource.name,
        .request(source: RucioSource.name, path: "/ping", query: [])
    )

    package static func tools(source: RucioSource = RucioSource()) -> [any Tool] {
        [
            FindDIDsTool(source: source), DIDTool(source: source), DIDFilesTool(source: source),
            ReplicasTool(source: source), RulesTool(source: source), RuleTool(source: source),
            StorageUsageTool(source: source), AccountUsageTool(source: source),
        ]
    }
}

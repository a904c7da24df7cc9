package import GatewayCore

/// What one provider brings into the catalog.
package struct CatalogContribution: Sendable {
    /// The site's name for the experiment.
    package let namespace: String
    /// A name of the experiment for people.
    package let title: String?
    /// Where it comes from, for the operator: named in refusals, never shown to a client.
    package let source: String
    package let tools: [ToolDescription]
    /// What answers for the tools.
    package let provider: any ToolProvider

    package init(
        namespace: String,
        title: String? = nil,
        source: String,
        tools: [ToolDescription],
        provider: any ToolProvider
    ) {
        self.namespace = namespace
        self.title = title
        self.source = source
        self.tools = tools
        self.provider = provider
    }
}

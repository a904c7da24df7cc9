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
    /// Resources, templates and prompts.
    package let items: [ItemDescription]
    /// Which questions the tools answer.
    package let routing: RoutingDeclaration
    /// What answers for the tools.
    package let provider: any ToolProvider
    /// What answers for the other items; nil when there are none.
    package let itemProvider: (any ItemProvider)?

    package init(
        namespace: String,
        title: String? = nil,
        source: String,
        tools: [ToolDescription],
        items: [ItemDescription] = [],
        routing: RoutingDeclaration = RoutingDeclaration(),
        provider: any ToolProvider,
        itemProvider: (any ItemProvider)? = nil
    ) {
        self.namespace = namespace
        self.title = title
        self.source = source
        self.tools = tools
        self.items = items
        self.routing = routing
        self.provider = provider
        self.itemProvider = itemProvider
    }
}

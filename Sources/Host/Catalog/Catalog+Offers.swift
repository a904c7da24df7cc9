package import GatewayCore
import MCPModel

extension Catalog: OfferListing {
    package func offers(to principal: Principal) -> [ExperimentOffer] {
        let snapshot = snapshot
        return snapshot.sections.map { section in
            ExperimentOffer(
                namespace: section.summary.name,
                title: section.summary.title,
                tools: snapshot.tools[section.tools].compactMap { offer($0, to: principal) }
            )
        }
    }

    /// Nil for what the principal must not know of, and for what only user interfaces call.
    private func offer(_ tool: CatalogTool, to principal: Principal) -> ToolOffer? {
        let item = tool.route.item
        let decision = policy.decision(on: item, for: principal)
        guard decision.isKnown, InterfaceMetadata.isForModels(tool.description.meta) else { return nil }
        return ToolOffer(name: item.outsideName, title: tool.description.title, decision: decision)
    }
}

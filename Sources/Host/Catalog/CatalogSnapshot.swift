import GatewayCore
import JSON
import MCPModel
import Synchronization

/// Everything there is at one moment, under its outside names.
///
/// Never changes; a change is another snapshot.
package final class CatalogSnapshot: Sendable {
    /// A namespace and where its tools lie.
    struct Section: Sendable {
        let summary: NamespaceSummary
        let routing: RoutingDeclaration
        let tools: Range<Int>
    }

    /// What was offered and is not here, in the order offered.
    package let refusals: [CatalogRefusal]
    /// In the order of namespace and name.
    let tools: [CatalogTool]
    /// In the order of their names.
    let sections: [Section]
    /// Resources, templates and prompts.
    let items: CatalogItems
    private let positions: [String: Int]
    /// What was listed before, for those who may see the same.
    private let lists = Mutex<[VisibleTools.Key: VisibleTools]>([:])
    private let itemLists = Mutex<[VisibleItems.Key: VisibleItems]>([:])
    /// How many lists are kept.
    ///
    /// A site has a handful of roles in each of a few views; beyond this one list goes for each new one.
    private static let keptLists = 256

    /// Builds a snapshot of what is acceptable, and says what is not.
    package init(_ contributions: [CatalogContribution]) {
        var builder = CatalogBuilder()
        for contribution in contributions { builder.add(contribution) }
        refusals = builder.refusals
        var tools: [CatalogTool] = []
        var sections: [Section] = []
        for section in builder.accepted.sorted(by: { $0.summary.name < $1.summary.name }) {
            let start = tools.count
            tools += section.tools.sorted { $0.route.item.localName < $1.route.item.localName }
            sections.append(
                Section(summary: section.summary, routing: section.routing, tools: start..<tools.count)
            )
        }
        self.tools = tools
        self.sections = sections
        var positions: [String: Int] = [:]
        for (position, tool) in tools.enumerated() {
            positions[tool.route.item.outsideName] = position
        }
        let items = builder.accepted.sorted { $0.summary.name < $1.summary.name }.flatMap(\.items)
        self.items = CatalogItems(items)
        self.positions = positions
    }

    /// How many tools there are in all.
    package var toolCount: Int { tools.count }

    /// The route of a tool under the name a view gives it.
    ///
    /// Constant time.
    func route(toTool name: String, in view: View) -> ToolRoute? {
        let outsideName: String
        if view.isPrefixed {
            outsideName = name
        } else {
            guard let namespace = view.onlyNamespace else { return nil }
            outsideName = namespace + "_" + name
        }
        guard let position = positions[outsideName] else { return nil }
        let route = tools[position].route
        return view.contains(namespace: route.item.namespace) ? route : nil
    }

    /// The list for a key, made at most once as long as there are not too many.
    func visibleTools(_ key: VisibleTools.Key, orMake make: () -> VisibleTools) -> VisibleTools {
        if let known = lists.withLock({ $0[key] }) { return known }
        let made = make()
        return lists.withLock { lists in
            if let known = lists[key] { return known }
            if lists.count >= Self.keptLists { lists.remove(at: lists.startIndex) }
            lists[key] = made
            return made
        }
    }

    /// The same for a list of resources, templates or prompts.
    func visibleItems(_ key: VisibleItems.Key, orMake make: () -> VisibleItems) -> VisibleItems {
        if let known = itemLists.withLock({ $0[key] }) { return known }
        let made = make()
        return itemLists.withLock { lists in
            if let known = lists[key] { return known }
            if lists.count >= Self.keptLists { lists.remove(at: lists.startIndex) }
            lists[key] = made
            return made
        }
    }

    /// The sections of a view, in order.
    func sections(of view: View) -> [Section] {
        guard view.isPrefixed || view.onlyNamespace != nil else { return [] }
        return sections.filter { view.contains(namespace: $0.summary.name) }
    }
}

extension View {
    /// The namespace of a view that does not prefix; nil when it is not exactly one.
    var onlyNamespace: String? {
        guard let namespaces, namespaces.count == 1 else { return nil }
        return namespaces.first
    }
}

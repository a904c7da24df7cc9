import GatewayCore
import MCPModel

/// The resources, templates and prompts of one moment.
struct CatalogItems: Sendable {
    /// In the order of kind, namespace and name.
    private let sorted: [ItemDescription.Kind: [CatalogItem]]
    private let resources: [NamespacedName: CatalogItem]
    private let prompts: [NamespacedName: CatalogItem]

    /// The local name of an item and whose it is.
    private struct NamespacedName: Hashable {
        let namespace: String
        let name: String
    }

    /// Takes items in the order of their namespaces.
    init(_ items: [CatalogItem]) {
        var sorted: [ItemDescription.Kind: [CatalogItem]] = [:]
        for kind in ItemDescription.Kind.allCases {
            sorted[kind] = items.filter { $0.kind == kind }.sorted {
                ($0.route.item.namespace, $0.route.localName) < ($1.route.item.namespace, $1.route.localName)
            }
        }
        self.sorted = sorted
        let table: (ItemDescription.Kind) -> [NamespacedName: CatalogItem] = { kind in
            let named = (sorted[kind] ?? []).map {
                (NamespacedName(namespace: $0.route.item.namespace, name: $0.route.localName), $0)
            }
            return Dictionary(named) { first, _ in first }
        }
        resources = table(.resource)
        prompts = table(.prompt)
    }

    /// All items of a kind, in order.
    func all(_ kind: ItemDescription.Kind) -> [CatalogItem] { sorted[kind] ?? [] }

    /// The item a URI names in a namespace, or the template it fits first.
    func route(toResource uri: String, of namespace: String) -> ItemRoute? {
        if let resource = resources[NamespacedName(namespace: namespace, name: uri)] { return resource.route }
        for item in all(.template) where item.route.item.namespace == namespace {
            guard let variables = item.template?.match(uri) else { continue }
            return ItemRoute(
                item: item.route.item,
                provider: item.route.provider,
                localName: uri,
                variables: variables,
                edition: item.route.edition
            )
        }
        return nil
    }

    func route(toTemplate template: String, of namespace: String) -> ItemRoute? {
        all(.template).first { $0.route.item.namespace == namespace && $0.route.localName == template }?.route
    }

    func route(toPrompt name: String, of namespace: String) -> ItemRoute? {
        prompts[NamespacedName(namespace: namespace, name: name)]?.route
    }
}

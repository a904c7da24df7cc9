import GatewayCore
import MCPModel

/// A resource, template or prompt of the catalog, with everything a list or a request needs ready.
struct CatalogItem: Sendable {
    let kind: ItemDescription.Kind
    let route: ItemRoute
    /// What a URI must fit; nil for what is no template.
    let template: URITemplate?
    let fingerprint: UInt64
    /// The outside and the local definition, one of each for every revision.
    private let prefixed: [Revision: [UInt8]]
    private let bare: [Revision: [UInt8]]

    init(_ description: ItemDescription, route: ItemRoute, template: URITemplate?) {
        kind = description.kind
        self.route = route
        self.template = template
        let outside = ItemDefinition(
            name: Self.outsideName(description, route.item.namespace),
            description: description
        )
        let local = ItemDefinition(name: description.localName, description: description)
        prefixed = Dictionary(uniqueKeysWithValues: Revision.allCases.map { ($0, outside.bytes($0)) })
        var digest = Fingerprint()
        digest.add(outside.bytes(.july2026))
        fingerprint = digest.value
        bare = Dictionary(uniqueKeysWithValues: Revision.allCases.map { ($0, local.bytes($0)) })
    }

    static func outsideName(_ description: ItemDescription, _ namespace: String) -> String {
        description.kind == .prompt
            ? namespace + "_" + description.localName : OutsideURI.outside(description.localName, of: namespace)
    }

    func definition(_ revision: Revision, isPrefixed: Bool) -> [UInt8] {
        (isPrefixed ? prefixed : bare)[revision] ?? []
    }
}

import GatewayCore
import JSON
import MCPModel

/// A tool of the catalog, with everything a list or a call needs ready.
struct CatalogTool: Sendable {
    let route: ToolRoute
    let description: ToolDescription
    let fingerprint: UInt64
    /// The definitions, one for each form, under the outside and under the local name.
    private let prefixed: [[UInt8]]
    private let bare: [[UInt8]]

    init(_ description: ToolDescription, route: ToolRoute) {
        self.route = route
        self.description = description
        let outside = ToolDefinition(
            name: route.item.outsideName,
            description: description,
            namespace: route.item.namespace
        )
        let local = ToolDefinition(name: route.item.localName, description: description)
        prefixed = outside.allForms
        bare = local.allForms
        var digest = Fingerprint()
        digest.add(prefixed[ToolForm.full.rawValue])
        fingerprint = digest.value
    }

    func name(isPrefixed: Bool) -> String {
        isPrefixed ? route.item.outsideName : route.item.localName
    }

    func definition(_ form: ToolForm, isPrefixed: Bool) -> [UInt8] {
        isPrefixed ? prefixed[form.rawValue] : bare[form.rawValue]
    }
}

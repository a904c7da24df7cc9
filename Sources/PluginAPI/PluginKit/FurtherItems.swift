import JSON

/// What a plugin offers beyond its manifest at this moment, as the host lists it.
struct FurtherItems {
    private let plugin: any Plugin

    init(of plugin: any Plugin) {
        self.plugin = plugin
    }

    /// The answer to LIST of a name; nil for a list there is not.
    func document(_ list: String) -> JSONValue? {
        let items: [JSONValue]
        switch list {
        case "tools": items = plugin.furtherTools.map { type(of: $0).description.document }
        case "resources": items = resources(areTemplates: false).map { $0.document("uri") }
        case "resourceTemplates": items = resources(areTemplates: true).map { $0.document("uriTemplate") }
        case "prompts": items = plugin.furtherPrompts.map { type(of: $0).description.document }
        default: return nil
        }
        return ["items": .array(items)]
    }

    private func resources(areTemplates: Bool) -> [ResourceDescription] {
        plugin.furtherResources.map { type(of: $0).description }.filter { $0.isTemplate == areTemplates }
    }
}

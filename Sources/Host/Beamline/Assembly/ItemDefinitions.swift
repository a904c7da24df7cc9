import Approvals
import Authentication
import GatewayCore
import PluginHosting
import Policy

/// What is approved of a plugin's items, each with the rule that counts for it.
struct ItemDefinitions {
    private let manifest: PluginManifest
    private let policy: PolicyEvaluator?
    private let inManifest: Set<String>

    init(_ manifest: PluginManifest) {
        self.manifest = manifest
        // Rules that cannot be used have kept the plugin out before.
        policy = try? PolicyEvaluator([manifest.namespace: manifest.auth], clock: SystemWallClock())
        inManifest = Set(
            manifest.tools.map { ItemDefinition.key("tool", $0.localName) }
                + manifest.items.map { ItemDefinition.key($0.kind.rawValue, $0.localName) }
        )
    }

    /// Those of all items of the manifest.
    static func all(of manifest: PluginManifest) -> [ItemDefinition] {
        let definitions = ItemDefinitions(manifest)
        return manifest.tools.map(definitions.definition) + manifest.items.map(definitions.definition)
    }

    /// Whether an item stands in the manifest and is not listed while the plugin runs.
    func isInManifest(_ definition: ItemDefinition) -> Bool { inManifest.contains(definition.key) }

    func definition(_ tool: ToolDescription) -> ItemDefinition {
        ItemDefinition(tool, rule: rule(.tool, tool.localName), implies: manifest.auth.implies)
    }

    func definition(_ item: ItemDescription) -> ItemDefinition {
        ItemDefinition(item, rule: rule(item.kind.ruled, item.localName), implies: manifest.auth.implies)
    }

    private func rule(_ kind: ItemReference.Kind, _ name: String) -> AuthRule? {
        let item = ItemReference(kind: kind, namespace: manifest.namespace, localName: name)
        return policy?.explain(item, for: .anonymous).rule
    }
}

package import GatewayCore
import JSON

/// Everything a plugin offers at one moment: its manifest's items and those it lists while it runs.
package struct PluginItems: Hashable, Sendable {
    package var tools: [ToolDescription]
    package var items: [ItemDescription]
    /// A sentence for each item that is left out, and for each list that could not be read.
    package var warnings: [String] = []

    package init(tools: [ToolDescription], items: [ItemDescription], warnings: [String] = []) {
        self.tools = tools
        self.items = items
        self.warnings = warnings
    }
}

extension LoadedPlugin {
    /// What the plugin offers now; a list that cannot be read keeps what it had before.
    package func currentItems(before: PluginItems) async -> PluginItems {
        await provider.currentItems(manifest, before: before)
    }
}

extension HostedPlugin {
    /// Asks for every list.
    func currentItems(_ manifest: PluginManifest, before: PluginItems) async -> PluginItems {
        var now = PluginItems(tools: before.tools, items: [])
        do {
            let (tools, warnings) = DynamicTools.join(manifest, try await dynamicTools(), namespace: namespace)
            now.tools = tools
            now.warnings += warnings
        } catch {
            now.warnings.append(error.reason)
        }
        for kind in ItemDescription.Kind.allCases {
            do {
                let listed = try await dynamicItems(kind)
                let (items, warnings) = DynamicTools.join(manifest, listed, kind, namespace: namespace)
                now.items += items
                now.warnings += warnings
            } catch {
                now.items += before.items.filter { $0.kind == kind }
                now.warnings.append(error.reason)
            }
        }
        offers(now.tools)
        return now
    }

    private func dynamicItems(_ kind: ItemDescription.Kind) async throws(PluginListError) -> [ItemDescription] {
        try await list(kind.manifestKey) { reader, value, path in reader.items(kind, value, path) }
    }
}

extension DynamicTools {
    /// Joins the items of one kind.
    static func join(
        _ manifest: PluginManifest,
        _ listed: [ItemDescription],
        _ kind: ItemDescription.Kind,
        namespace: String
    ) -> ([ItemDescription], warnings: [String]) {
        var items = manifest.items.filter { $0.kind == kind }
        var names = Set(items.map(\.localName))
        var warnings: [String] = []
        for item in listed {
            if names.contains(item.localName) {
                warnings.append("The listed \(kind.rawValue) \(item.localName) has the name of another one.")
            } else if !manifest.auth.rules.contains(where: { applies($0, to: item.localName, kind.ruled) }) {
                warnings.append("The listed \(kind.rawValue) \(item.localName) matches no auth rule and is left out.")
            } else {
                names.insert(item.localName)
                items.append(item)
            }
        }
        return (items, warnings)
    }
}

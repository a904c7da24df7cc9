package import GatewayCore

/// Joins the tools of a manifest with those a plugin lists while it runs.
package enum DynamicTools {
    /// The tools that are offered, and a sentence for each one that is not.
    package static func join(
        _ manifest: PluginManifest,
        _ listed: [ToolDescription],
        namespace: String
    ) -> ([ToolDescription], warnings: [String]) {
        var tools = manifest.tools
        var names = Set(tools.map(\.localName))
        var warnings: [String] = []
        for tool in listed {
            if names.contains(tool.localName) {
                warnings.append("The listed tool \(tool.localName) has the name of another one and is left out.")
            } else if !PluginManifest.isOutsideName("\(namespace)_\(tool.localName)") {
                warnings.append("The listed tool \(tool.localName) would have a name of more than 48 characters.")
            } else if !manifest.auth.rules.contains(where: { applies($0, to: tool.localName, .tool) }) {
                warnings.append("The listed tool \(tool.localName) matches no auth rule and is left out.")
            } else {
                names.insert(tool.localName)
                tools.append(tool)
            }
        }
        return (tools, warnings)
    }

    static func applies(_ rule: AuthRule, to name: String, _ kind: ItemReference.Kind) -> Bool {
        (rule.kind == nil || rule.kind == kind) && matches(Array(rule.match.utf8)[...], Array(name.utf8)[...])
    }

    /// Whether a name fits a pattern in which `*` stands for any characters.
    ///
    /// Linear but for the last star.
    private static func matches(_ pattern: ArraySlice<UInt8>, _ name: ArraySlice<UInt8>) -> Bool {
        var (pattern, name) = (pattern, name)
        var retry: (pattern: ArraySlice<UInt8>, name: ArraySlice<UInt8>)?
        while !name.isEmpty || !pattern.isEmpty {
            if pattern.first == UInt8(ascii: "*") {
                retry = (pattern, name.dropFirst())
                pattern = pattern.dropFirst()
                if name.isEmpty { retry = nil }
            } else if let next = pattern.first, next == name.first {
                (pattern, name) = (pattern.dropFirst(), name.dropFirst())
            } else if let again = retry {
                (pattern, name) = again
                retry = nil
            } else {
                return false
            }
        }
        return true
    }
}

import GatewayCore
package import JSON
import PluginRuntime

/// What an operator should know before a plugin is let in, as its manifest says it.
package struct PluginPowers: Hashable, Sendable {
    /// Tools that say that they may destroy something.
    package let destructiveTools: [String]
    /// Names or patterns of items that need no token.
    package let publicItems: [String]
    /// Names or patterns of items that a person must agree to.
    package let consentItems: [String]
    /// Whether its calls hold threads.
    package let blocks: Bool
    /// The memory it asks for, in MiB.
    package let memoryMebibytes: Int
    /// Data sources it offers to others.
    package let provides: [String]

    package init(_ manifest: PluginManifest, document: JSONValue) {
        destructiveTools = manifest.tools.filter(\.isDestructive).map(\.localName)
        publicItems = manifest.auth.rules.filter(\.isPublic).map(\.match)
        consentItems = manifest.auth.rules.filter(\.needsConsent).map(\.match)
        blocks = manifest.execution.blocks
        memoryMebibytes = manifest.execution.memoryMebibytes
        provides = (document["provides"]?.array ?? []).compactMap { $0["name"]?.string }
    }
}

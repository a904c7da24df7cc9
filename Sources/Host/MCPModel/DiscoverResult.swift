package import JSON

/// The answer to `server/discover` (2026-07-28 server/discover).
package struct DiscoverResult: ServerResult {
    package static let method = "server/discover"

    private let capabilities: ServerCapabilities
    private let instructions: String?
    package let cacheHints: CacheHints?
    package var isIntroduction: Bool { true }

    package init(capabilities: ServerCapabilities, instructions: String?, cacheHints: CacheHints) {
        self.capabilities = capabilities
        self.instructions = instructions
        self.cacheHints = cacheHints
    }

    package func writeMembers(to writer: inout JSONWriter, revision: Revision) {
        writer.name("supportedVersions")
        writer.beginArray()
        for revision in Revision.offered { writer.write(revision.name) }
        writer.endArray()
        writer.name("capabilities")
        capabilities.write(to: &writer, revision: revision)
        if let instructions {
            writer.name("instructions")
            writer.write(instructions)
        }
    }
}

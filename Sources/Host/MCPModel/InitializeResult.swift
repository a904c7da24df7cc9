package import JSON

/// The answer to `initialize`.
package struct InitializeResult: ServerResult {
    private let capabilities: ServerCapabilities
    private let server: Implementation
    private let instructions: String?

    package init(capabilities: ServerCapabilities, server: Implementation, instructions: String?) {
        self.capabilities = capabilities
        self.server = server
        self.instructions = instructions
    }

    package func writeMembers(to writer: inout JSONWriter, revision: Revision) {
        writer.name("protocolVersion")
        writer.write(revision.name)
        writer.name("capabilities")
        capabilities.write(to: &writer, revision: revision)
        writer.name("serverInfo")
        server.write(to: &writer, revision: revision, isIntroduction: true)
        if let instructions {
            writer.name("instructions")
            writer.write(instructions)
        }
    }
}

import JSON

extension PluginManifest {
    /// Checks an instance's configuration against the manifest's schema.
    /// - Parameter configuration: JSON text; anything else than an object is refused.
    /// - Throws: `PluginLoadFailure` with every fault.
    package func check(configuration: [UInt8]) throws(PluginLoadFailure) {
        let document: JSONDocument
        do {
            document = try JSONDocument(parsing: configuration)
        } catch {
            throw PluginLoadFailure(.configuration, "The plugin's configuration is not JSON: \(error).")
        }
        guard document.root.kind == .object else {
            throw PluginLoadFailure(.configuration, "The plugin's configuration must be an object.")
        }
        guard let text = configurationSchema else { return }
        let schema: JSONSchema
        do {
            schema = try JSONSchema(compiling: text)
        } catch {
            throw PluginLoadFailure(.manifest, "configSchema\(error.path): \(error.message)")
        }
        let violations = schema.violations(in: document.root, limit: 20)
        guard violations.isEmpty else {
            let faults = violations.map { "\($0.path.tokens.isEmpty ? "/" : "\($0.path)"): \($0.message)" }
            throw PluginLoadFailure(.configuration, "The plugin's configuration: \(faults.joined(separator: "; ")).")
        }
    }
}

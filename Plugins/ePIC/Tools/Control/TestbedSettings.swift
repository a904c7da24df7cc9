import JSON
import PanDAKit
import PluginKit

/// What a user's `testbed.toml` says.
struct TestbedSettings: Hashable, Sendable {
    /// The source's name in the manifest.
    static let source = "testbed_config"
    private static let mostParameterBytes = 16 << 10

    var namespace: String?
    var workflow: String?
    var config: String?
    var isRealtime: Bool?
    var parameters = JSONObject()

    /// The caller's own; empty when there is none, or the site has no such files.
    /// - Throws: `ToolError` with `conflict` when the file says what it must not, in words for its owner.
    static func read(in context: CallContext) async throws(ToolError) -> TestbedSettings {
        let text: String?
        do {
            text = try await context.source(source).readText()
        } catch {
            switch error.code {
            // No such source, or a caller whose name is none of a user with files.
            case .notFound, .invalidArgument: return TestbedSettings()
            case .internal, .tooLarge:
                throw ToolError(
                    .conflict,
                    "Your testbed.toml cannot be read: it must be a plain file, not a link, and not too long.",
                    detail: error.detail ?? error.message
                )
            default: throw error
            }
        }
        return try text.map { text throws(ToolError) in try TestbedSettings(text) } ?? TestbedSettings()
    }

    init() {}

    /// Reads the text of a file; what is not known is left alone.
    init(_ text: String) throws(ToolError) {
        let document: JSONValue
        do {
            document = .object(try TOMLReader.read(text))
        } catch {
            throw ToolError(.conflict, "Your testbed.toml is not TOML: \(UntrustedText.cleaned(error.description)).")
        }
        namespace = try Self.text(document, "testbed", "namespace")
        workflow = try Self.text(document, "workflow", "name")
        config = try Self.text(document, "workflow", "config")
        if let value = document["workflow"]?["realtime"] {
            guard let flag = value.bool else { throw Self.fault("workflow.realtime must be true or false") }
            isRealtime = flag
        }
        if let value = document["parameters"] {
            guard let object = value.object else { throw Self.fault("parameters must be a table") }
            guard value.serialized.count <= Self.mostParameterBytes else {
                throw Self.fault("parameters are longer than \(Self.mostParameterBytes) bytes")
            }
            parameters = object
        }
    }

    private static func text(_ document: JSONValue, _ table: String, _ name: String) throws(ToolError) -> String? {
        guard let value = document[table]?[name] else { return nil }
        guard let text = value.string, text.utf8.count <= 100 else {
            throw fault("\(table).\(name) must be a string of at most 100 bytes")
        }
        return Optional(text).given
    }

    private static func fault(_ reason: String) -> ToolError {
        ToolError(.conflict, "Your testbed.toml: \(reason).")
    }
}

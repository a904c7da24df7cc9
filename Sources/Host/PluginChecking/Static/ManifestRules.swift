import GatewayCore
import JSON
import PluginHosting

/// What a manifest must be beyond being read by a gateway: its schemas compile, and names fit.
enum ManifestRules {
    static func findings(_ text: [UInt8]) -> [Finding] {
        let manifest: PluginManifest
        do throws(PluginManifestError) {
            manifest = try PluginManifest(parsing: text)
        } catch {
            return error.faults.map { fault in
                Finding(
                    fault.pointer.isEmpty ? "manifest" : "manifest \(fault.pointer)",
                    "It is wrong here: \(fault.message).",
                    remedy: "Correct this member; docs/plugin-authors.md has a table of all of them."
                )
            }
        }
        var findings: [Finding] = []
        for (index, tool) in manifest.tools.enumerated() {
            let place = "manifest /tools/\(index)"
            findings += compile(tool.inputSchema, "\(place)/inputSchema", .toolInput)
            if let schema = tool.outputSchema { findings += compile(schema, "\(place)/outputSchema") }
            findings += name(tool, in: manifest.namespace, place)
        }
        findings += words(manifest.tools)
        if let schema = manifest.configurationSchema { findings += compile(schema, "manifest /configSchema") }
        return findings
    }

    private static func compile(
        _ schema: JSONValue,
        _ place: String,
        _ options: JSONSchema.Options = .init()
    ) -> [Finding] {
        do throws(JSONSchemaError) {
            _ = try JSONSchema(compiling: schema, options: options)
            return []
        } catch {
            return [
                Finding(
                    place + error.path.description,
                    "The JSON Schema is not valid: \(error.message).",
                    remedy: "Correct it by draft 2020-12; references reach only into the schema itself."
                )
            ]
        }
    }

    private static func name(_ tool: ToolDescription, in namespace: String, _ place: String) -> [Finding] {
        let outside = "\(namespace)_\(tool.localName)"
        guard !PluginManifest.isOutsideName(outside) else { return [] }
        return [
            Finding(
                "\(place)/name",
                "The tool's name outside would be \(outside), with \(outside.utf8.count) characters; 48 are allowed.",
                remedy: "Shorten the tool's name."
            )
        ]
    }

    private static func words(_ tools: [ToolDescription]) -> [Finding] {
        func named(_ tools: [ToolDescription]) -> String { tools.map(\.localName).joined(separator: ", ") }
        let brief = tools.filter { $0.description.count < 20 }
        let vague = tools.filter { $0.outputSchema == nil }
        var findings: [Finding] = []
        if !brief.isEmpty {
            findings.append(
                .warning(
                    "manifest /tools",
                    "Models can hardly choose by descriptions as short as those of \(named(brief)).",
                    remedy: "Say what the tool answers, and when another tool is the better one."
                )
            )
        }
        if !vague.isEmpty {
            findings.append(
                .warning(
                    "manifest /tools",
                    "There is no outputSchema for \(named(vague)), so results are checked by nobody.",
                    remedy: "Describe the result, unless the tool answers with pictures or free text."
                )
            )
        }
        return findings
    }
}

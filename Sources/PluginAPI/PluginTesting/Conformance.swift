import JSON
public import PluginKit

/// Checks every plugin must pass before the host is asked; a test lists what is wrong and expects nothing.
public enum Conformance {
    /// Everything wrong with a plugin's manifest and tools, in sentences.
    public static func faults<P: Plugin>(of plugin: P.Type, tools: [any Tool]) -> [String] {
        let manifest = P.manifest
        let names = manifest.tools.map(\.name)
        var faults: [String] = []
        if Set(names).count < names.count { faults.append("two tools have one name") }
        if Set(names) != Set(tools.map { type(of: $0).description.name }) {
            faults.append("the tools of the instance are not those of the manifest")
        }
        for tool in manifest.tools {
            faults += self.faults(of: tool, namespace: manifest.namespace)
        }
        for tool in tools {
            faults += inputFaults(of: tool) + outputFaults(of: tool)
        }
        return faults
    }

    private static func faults(of tool: ToolDescription, namespace: String) -> [String] {
        var faults: [String] = []
        let isPlain = tool.name.utf8.allSatisfy { byte in
            byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") || Character(Unicode.Scalar(byte)).isLetter
                || Character(Unicode.Scalar(byte)).isNumber
        }
        if tool.name.isEmpty || !isPlain { faults.append("\(tool.name): the name has characters beyond [A-Za-z0-9_-]") }
        if namespace.utf8.count + 1 + tool.name.utf8.count > 48 {
            faults.append("\(tool.name): with its namespace the name is longer than 48 characters")
        }
        if tool.summary.isEmpty { faults.append("\(tool.name): no description") }
        for case (let kind, let schema?) in [("input", tool.input), ("output", tool.output)] {
            do {
                _ = try JSONSchema(compiling: schema.document)
            } catch {
                faults.append("\(tool.name): the \(kind) schema does not compile: \(error)")
            }
        }
        if tool.input.document["type"]?.string != "object" { faults.append("\(tool.name): the input is not an object") }
        return faults
    }

    private static func outputFaults<T: Tool>(of tool: T) -> [String] {
        let description = T.description
        let isContent = T.Output.self == ToolContent.self
        if isContent == (description.output == nil) { return [] }
        return [
            isContent
                ? "\(description.name): content has no output schema" : "\(description.name): there is no output schema"
        ]
    }

    /// The schema stands beside the type it describes: what the one allows, the other must take.
    private static func inputFaults(of tool: any Tool) -> [String] {
        let description = type(of: tool).description
        return [SchemaSample.smallest, .largest].compactMap { sample in
            let arguments = sample.value(for: description.input.document)
            guard let document = try? JSONDocument(parsing: arguments.serialized) else {
                return "\(description.name): no sample of the input can be made"
            }
            do {
                try ToolCalling.checkDecoding(tool, of: document.root)
                return nil
            } catch {
                return "\(description.name): the input type does not take what its schema allows: \(error)"
            }
        }
    }
}

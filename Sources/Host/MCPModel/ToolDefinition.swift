package import GatewayCore
import JSON

/// A tool as `tools/list` shows it (2026-07-28 server/tools, "Tool").
package struct ToolDefinition: Sendable {
    /// The member that holds a structured value which is not an object, for revisions that demand one.
    static let wrapper = "result"

    private let name: String
    private let description: ToolDescription
    private let meta: JSONValue?

    /// A tool under the name a view gives it; with a namespace, so are the addresses in its metadata.
    package init(name: String, description: ToolDescription, namespace: String? = nil) {
        self.name = name
        self.description = description
        meta =
            namespace.flatMap { namespace in
                description.meta.map { InterfaceMetadata.outside($0, of: namespace) }
            } ?? description.meta
    }

    /// The JSON object, in the form that some revisions share.
    ///
    /// Schemas keep the order of their members.
    package func bytes(_ form: ToolForm) -> [UInt8] {
        var writer = JSONWriter(capacity: 1024)
        writer.beginObject()
        writer.name("name")
        writer.write(name)
        if form != .plain, let title = description.title {
            writer.name("title")
            writer.write(title)
        }
        writer.name("description")
        writer.write(description.description)
        writer.name("inputSchema")
        writer.write(description.inputSchema)
        if let schema = outputSchema(form) {
            writer.name("outputSchema")
            writer.write(schema)
        }
        if let annotations = description.annotations {
            writer.name("annotations")
            writer.write(annotations)
        }
        if form.hasIcons, !description.icons.isEmpty {
            writer.name("icons")
            writer.write(.array(description.icons.map(\.document)))
        }
        if form != .plain, let meta {
            writer.name("_meta")
            writer.write(meta)
        }
        writer.endObject()
        return writer.bytes
    }

    /// The JSON object in every form, at the places of their numbers; forms that are alike share their bytes.
    package var allForms: [[UInt8]] {
        var forms: [[UInt8]] = []
        for form in ToolForm.allCases {
            let isAlike = form == .pictured && description.icons.isEmpty
            forms.append(isAlike ? forms[ToolForm.titled.rawValue] : bytes(form))
        }
        return forms
    }

    /// The output schema a form allows.
    ///
    /// Where the root must be an object, a schema of another type is published as that of the wrapped value. A schema
    /// that does not say its type is left out: whether a value will be wrapped cannot be known.
    private func outputSchema(_ form: ToolForm) -> JSONValue? {
        guard form != .plain, let schema = description.outputSchema else { return nil }
        guard form != .full else { return schema }
        guard let type = schema["type"]?.string else { return nil }
        return type == "object" ? schema : Self.wrapped(schema)
    }

    /// Definitions move to the new root, where references into them still find them.
    private static func wrapped(_ schema: JSONValue) -> JSONValue {
        guard case .object(var inner) = schema else { return schema }
        var root = JSONObject()
        for keyword in ["$schema", "$defs", "definitions"] {
            guard let value = inner[keyword] else { continue }
            root[keyword] = value
            inner[keyword] = nil
        }
        root["type"] = "object"
        root["properties"] = .object(JSONObject(members: [.init(name: wrapper, value: .object(inner))]))
        root["required"] = [.string(wrapper)]
        return .object(root)
    }
}

extension ToolForm {
    fileprivate var hasIcons: Bool { self == .pictured || self == .full }
}

import JSON

/// Runs the resources and prompts of a plugin over bytes.
struct ItemRunner: Sendable {
    private let resources: [String: any Resource]
    private let prompts: [String: any Prompt]

    init(resources: [any Resource], prompts: [any Prompt]) {
        self.resources = Dictionary(resources.map { (type(of: $0).description.uri, $0) }) { first, _ in first }
        self.prompts = Dictionary(prompts.map { (type(of: $0).description.name, $0) }) { first, _ in first }
    }

    /// The addresses and names, to be compared with the manifest.
    var names: Set<String> { Set(resources.keys).union(prompts.keys) }

    /// Reads a resource; a body says which template the address fits and with which values.
    func read(_ uri: String, _ body: JSONNode, in context: CallContext) async throws(ToolError) -> [UInt8] {
        guard let resource = resources[body["template"]?.string ?? uri] else { throw Self.unknown }
        let content = try await resource.read(
            ResourceRequest(uri: uri, variables: Self.texts(body["variables"])),
            in: context
        )
        var writer = JSONWriter()
        writer.beginObject()
        writer.name("contents")
        writer.beginArray()
        writer.beginObject()
        writer.name("uri")
        writer.write(uri)
        writer.name("mimeType")
        writer.write(type(of: resource).description.mimeType)
        switch content {
        case .text(let text):
            writer.name("text")
            writer.write(text)
        case .bytes(let bytes):
            writer.name("blob")
            writer.write(Base64Text.encoded(bytes))
        }
        writer.endObject()
        writer.endArray()
        writer.endObject()
        return writer.bytes
    }

    /// The messages of a prompt.
    func messages(_ name: String, _ body: JSONNode, in context: CallContext) async throws(ToolError) -> [UInt8] {
        guard let prompt = prompts[name] else { throw Self.unknown }
        let messages = try await prompt.messages(Self.texts(body), in: context)
        var writer = JSONWriter()
        writer.beginObject()
        writer.name("description")
        writer.write(type(of: prompt).description.summary)
        writer.name("messages")
        writer.beginArray()
        for message in messages {
            writer.beginObject()
            writer.name("role")
            writer.write(message.role.rawValue)
            writer.name("content")
            writer.beginObject()
            writer.name("type")
            writer.write("text")
            writer.name("text")
            writer.write(message.text)
            writer.endObject()
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
        return writer.bytes
    }

    /// Values for an argument of a prompt; templates have none.
    func values(_ name: String, _ body: JSONNode, in context: CallContext) async throws(ToolError) -> [UInt8] {
        guard let prompt = prompts[name] else { throw Self.unknown }
        let values = try await prompt.values(
            of: body["argument"]?["name"]?.string ?? "",
            beginning: body["argument"]?["value"]?.string ?? "",
            given: Self.texts(body["arguments"]),
            in: context
        )
        var writer = JSONWriter()
        writer.beginObject()
        writer.name("values")
        writer.beginArray()
        for value in values { writer.write(value) }
        writer.endArray()
        writer.endObject()
        return writer.bytes
    }

    private static let unknown = ToolError(.notFound, "There is no such item.")

    private static func texts(_ object: JSONNode?) -> [String: String] {
        var texts: [String: String] = [:]
        guard let members = object?.members else { return texts }
        for member in members { texts[member.name] = member.value.string }
        return texts
    }
}

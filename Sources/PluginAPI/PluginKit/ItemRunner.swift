import JSON

/// Runs the resources and prompts of a plugin over bytes.
struct ItemRunner: Sendable {
    private let plugin: any Plugin
    private let resources: [String: any Resource]
    private let watchable: [String: any WatchableResource]
    private let prompts: [String: any Prompt]

    init(_ plugin: any Plugin) {
        self.plugin = plugin
        resources = Dictionary(plugin.resources.map { ($0.uri, $0) }) { first, _ in first }
        prompts = Dictionary(plugin.prompts.map { ($0.name, $0) }) { first, _ in first }
        watchable = resources.compactMapValues { $0 as? any WatchableResource }
    }

    /// The addresses and names, to be compared with the manifest.
    var names: Set<String> { Set(resources.keys).union(prompts.keys) }

    /// Reads a resource; a body says which template the address fits and with which values.
    func read(_ uri: String, _ body: JSONNode, in context: CallContext) async throws(ToolError) -> [UInt8] {
        let known = body["template"]?.string ?? uri
        guard let resource = resources[known] ?? plugin.furtherResources.first(where: { $0.uri == known }) else {
            throw Self.unknown
        }
        let content = try await resource.read(
            ResourceRequest(uri: uri, variables: Self.texts(body["variables"])),
            in: context
        )
        let description = type(of: resource).description
        let contents = content.document(uri: uri, mimeType: description.mimeType, metadata: description.metadata)
        let document: JSONValue = ["contents": [contents]]
        return document.serialized
    }

    /// Watches a resource until the task is cancelled.
    /// - Returns: false when the resource cannot say when it changes.
    func watch(_ uri: String, _ body: JSONNode, with watch: ResourceWatch) async throws(ToolError) -> Bool {
        guard let resource = watchable[body["template"]?.string ?? uri] else { return false }
        try await resource.watch(ResourceRequest(uri: uri, variables: Self.texts(body["variables"])), with: watch)
        return true
    }

    /// The messages of a prompt.
    func messages(_ name: String, _ body: JSONNode, in context: CallContext) async throws(ToolError) -> [UInt8] {
        let prompt = try prompt(name)
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
            writer.write(message.content.document)
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
        return writer.bytes
    }

    /// Values for an argument of a prompt; templates have none.
    func values(_ name: String, _ body: JSONNode, in context: CallContext) async throws(ToolError) -> [UInt8] {
        let prompt = try prompt(name)
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

    private func prompt(_ name: String) throws(ToolError) -> any Prompt {
        guard let prompt = prompts[name] ?? plugin.furtherPrompts.first(where: { $0.name == name }) else {
            throw Self.unknown
        }
        return prompt
    }

    private static let unknown = ToolError(.notFound, "There is no such item.")

    private static func texts(_ object: JSONNode?) -> [String: String] {
        var texts: [String: String] = [:]
        guard let members = object?.members else { return texts }
        for member in members { texts[member.name] = member.value.string }
        return texts
    }
}

extension Resource {
    fileprivate var uri: String { Self.description.uri }
}

extension Prompt {
    fileprivate var name: String { Self.description.name }
}

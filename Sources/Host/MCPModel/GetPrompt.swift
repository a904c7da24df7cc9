package import JSON

/// A request for the messages of a prompt (2026-07-28 server/prompts, "Getting a prompt").
package struct GetPromptRequest: Sendable {
    package static let method = "prompts/get"
    /// The member of the parameters that `Mcp-Name` repeats.
    package static let nameMember = "name"

    package let name: String
    /// An object; nil when the client gave none.
    package let arguments: JSONNode?

    /// Reads the parameters.
    /// - Throws: -32602 naming the member that is wrong.
    package init(_ parameters: JSONNode?) throws(ProtocolError) {
        guard let name = parameters?[Self.nameMember]?.string else {
            throw ProtocolError(.invalidParameters, "params.name is required and must be a string.")
        }
        self.name = name
        guard let arguments = parameters?["arguments"], !arguments.isNull else {
            self.arguments = nil
            return
        }
        guard arguments.kind == .object else {
            throw ProtocolError(.invalidParameters, "params.arguments must be an object.")
        }
        self.arguments = arguments
    }
}

/// The messages of a prompt.
package struct GetPromptResult: ServerResult {
    private let description: String?
    private let messages: JSONNode
    package let namespace: String?
    package let meta: [UInt8]

    /// Takes `{"description"?, "messages": […]}` as the provider answered; with a namespace, URIs get it before them.
    /// - Throws: -32603 when there are no messages.
    package init(structured: [UInt8], meta: [UInt8], namespace: String?) throws(ProtocolError) {
        guard let root = try? JSONDocument(parsing: structured, limits: .answer).root,
            let messages = root["messages"], messages.kind == .array,
            messages.elements.allSatisfy({ $0["role"]?.string != nil && $0["content"]?.kind == .object })
        else { throw .brokenItem }
        description = root["description"]?.string
        self.messages = messages
        self.namespace = namespace
        self.meta = meta
    }

    package var estimatedSize: Int { messages.bytes.count + 256 }

    package func writeMembers(to writer: inout JSONWriter, revision: Revision) {
        if let description {
            writer.name("description")
            writer.write(description)
        }
        writer.name("messages")
        writer.beginArray()
        for message in messages.elements {
            writer.beginObject()
            writer.name("role")
            writer.write(message["role"]?.string ?? "user")
            writer.name("content")
            if let content = message["content"] {
                ContentBlocks.write(content, of: namespace, to: &writer, revision: revision)
            }
            writer.endObject()
        }
        writer.endArray()
    }
}

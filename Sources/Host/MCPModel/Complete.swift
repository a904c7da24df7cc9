package import GatewayCore
package import JSON

/// A request for values of an argument (2026-07-28 server/utilities/completion).
package struct CompleteRequest: Sendable {
    package static let method = "completion/complete"

    package let target: ItemCall.Target
    /// What the provider is asked: `{"argument", "arguments"}`.
    package let body: [UInt8]

    /// Reads the parameters.
    /// - Throws: -32602 naming the member that is wrong.
    package init(_ parameters: JSONNode?) throws(ProtocolError) {
        guard let reference = parameters?["ref"], let type = reference["type"]?.string else {
            throw ProtocolError(.invalidParameters, "params.ref is required and must be an object with a type.")
        }
        switch type {
        case "ref/prompt":
            guard let name = reference["name"]?.string else {
                throw ProtocolError(.invalidParameters, "params.ref.name is required and must be a string.")
            }
            target = .prompt(name)
        case "ref/resource":
            guard let uri = reference["uri"]?.string else {
                throw ProtocolError(.invalidParameters, "params.ref.uri is required and must be a string.")
            }
            target = .template(uri)
        default:
            throw ProtocolError(.invalidParameters, "params.ref.type must be ref/prompt or ref/resource.")
        }
        guard let name = parameters?["argument"]?["name"]?.string,
            let value = parameters?["argument"]?["value"]?.string
        else {
            throw ProtocolError(.invalidParameters, "params.argument needs a name and a value, both strings.")
        }
        var writer = JSONWriter()
        writer.beginObject()
        writer.name("argument")
        writer.beginObject()
        writer.name("name")
        writer.write(name)
        writer.name("value")
        writer.write(value)
        writer.endObject()
        writer.name("arguments")
        if let known = parameters?["context"]?["arguments"], known.kind == .object {
            writer.writeRaw(known.bytes)
        } else {
            writer.beginObject()
            writer.endObject()
        }
        writer.endObject()
        body = writer.bytes
    }
}

/// Values of an argument, best first.
package struct CompleteResult: ServerResult {
    /// How many values one answer may have (server/utilities/completion).
    private static let most = 100

    private let values: [String]
    private let total: Int?
    private let hasMore: Bool
    package let meta: [UInt8]

    /// Takes `{"values", "total"?, "has_more"?}` as the provider answered; what does not fit is left out and said.
    package init(structured: [UInt8], meta: [UInt8]) throws(ProtocolError) {
        guard let root = try? JSONDocument(parsing: structured, limits: .answer).root,
            let values = root["values"], values.kind == .array
        else { throw .brokenItem }
        let all = values.elements.compactMap(\.string)
        self.values = Array(all.prefix(Self.most))
        total = root["total"]?.integer
        hasMore = root["has_more"]?.bool == true || all.count > Self.most
        self.meta = meta
    }

    /// No values: nothing is known about the argument.
    package init() {
        values = []
        total = 0
        hasMore = false
        meta = []
    }

    package func writeMembers(to writer: inout JSONWriter, revision: Revision) {
        writer.name("completion")
        writer.beginObject()
        writer.name("values")
        writer.beginArray()
        for value in values { writer.write(value) }
        writer.endArray()
        if let total {
            writer.name("total")
            writer.write(total)
        }
        writer.name("hasMore")
        writer.write(hasMore)
        writer.endObject()
    }
}

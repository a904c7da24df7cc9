import GatewayCore
import JSON

/// Writes the messages a server sends, each in one pass into one buffer.
package struct MessageEncoder: Sendable {
    /// Room for the envelope and what every result has.
    private static let envelopeSize = 256

    private let server: Implementation

    package init(server: Implementation) {
        self.server = server
    }

    /// The answer to a request that succeeded.
    package func result(_ result: some ServerResult, to id: RequestIdentifier, revision: Revision) -> [UInt8] {
        var writer = JSONWriter(capacity: Self.envelopeSize + id.bytes.count + result.estimatedSize)
        writer.beginObject()
        Self.beginEnvelope(id, &writer)
        writer.name("result")
        writer.beginObject()
        if revision.hasResultType {
            writer.name("resultType")
            writer.write(result.resultType)
        }
        result.writeMembers(to: &writer, revision: revision)
        if revision.hasCacheHints { result.cacheHints?.writeMembers(to: &writer) }
        writeMeta(of: result, revision, &writer)
        writer.endObject()
        writer.endObject()
        return writer.bytes
    }

    /// The answer to a request that is not acceptable; the id is null when it could not be read.
    package func error(_ error: ProtocolError, to id: RequestIdentifier?) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        Self.beginEnvelope(id, &writer)
        writer.name("error")
        writer.beginObject()
        writer.name("code")
        writer.write(error.code.rawValue)
        writer.name("message")
        writer.write(error.message)
        if let data = error.data {
            writer.name("data")
            writer.write(data)
        }
        writer.endObject()
        writer.endObject()
        return writer.bytes
    }

    static func beginEnvelope(_ id: RequestIdentifier?, _ writer: inout JSONWriter) {
        writer.name("jsonrpc")
        writer.write("2.0")
        writer.name("id")
        if let id { writer.writeRaw(id.bytes) } else { writer.writeNull() }
    }

    /// A provider's members pass, but none under the names that the protocol keeps for itself.
    private func writeMeta(of result: some ServerResult, _ revision: Revision, _ writer: inout JSONWriter) {
        let meta = result.meta
        guard !meta.isEmpty || revision.namesServerInResults else { return }
        writer.name("_meta")
        writer.beginObject()
        if !meta.isEmpty, let document = try? JSONDocument(parsing: meta) {
            for member in document.root.members {
                let name = member.name
                if name.hasPrefix(MetaKey.reservedPrefix) { continue }
                writer.name(name)
                guard let namespace = result.namespace, InterfaceMetadata.mayHoldAddress(name) else {
                    writer.writeRaw(member.value.bytes)
                    continue
                }
                let value = JSONObject.Member(name: name, value: member.value.value)
                writer.write(InterfaceMetadata.outside(value, of: namespace).value)
            }
        }
        if revision.namesServerInResults {
            writer.name(MetaKey.serverInfo)
            server.write(to: &writer, revision: revision, isIntroduction: result.isIntroduction)
        }
        writer.endObject()
    }
}

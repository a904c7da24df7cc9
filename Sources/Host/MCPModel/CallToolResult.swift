package import GatewayCore
package import JSON

/// The answer to `tools/call`: what the tool returned, or why it failed (2026-07-28 server/tools, "Tool result").
package struct CallToolResult: ServerResult {
    private let result: ProviderResult
    /// What the URIs of the provider's resources get before them; nil where they stay as they are.
    package let namespace: String?
    package var meta: [UInt8] { result.meta }

    package init(_ result: ProviderResult, namespace: String? = nil) {
        self.result = result
        self.namespace = namespace
    }

    /// A failure, as a result the model can read: `isError`, and the same words as structure and as text.
    package init(_ failure: GatewayError) {
        result = ProviderResult(structured: failure.structured, isError: true)
        namespace = nil
    }

    /// The failure of a call that needs a better token, with the challenge where clients look that never see a status.
    package init(_ failure: GatewayError, challenge: String) {
        var writer = JSONWriter()
        writer.beginObject()
        writer.name("mcp/www_authenticate")
        writer.beginArray()
        writer.write(challenge)
        writer.endArray()
        writer.endObject()
        result = ProviderResult(structured: failure.structured, meta: writer.bytes, isError: true)
        namespace = nil
    }

    /// The value stands twice, once escaped.
    package var estimatedSize: Int {
        result.structured.count * 2 + result.structured.count / 4 + result.content.count + result.meta.count + 128
    }

    package func writeMembers(to writer: inout JSONWriter, revision: Revision) {
        let structured = structured(for: revision)
        writer.name("content")
        if !result.content.isEmpty {
            ContentBlocks.write(result.content, of: namespace, to: &writer, revision: revision)
        } else {
            writer.beginArray()
            if !structured.isEmpty { ContentBlocks.writeText(structured[...], to: &writer) }
            writer.endArray()
        }
        if revision.hasStructuredContent, !structured.isEmpty {
            writer.name("structuredContent")
            writer.writeRaw(structured)
        }
        writer.name("isError")
        writer.write(result.isError)
    }

    /// A value that is not an object becomes the only member of one where the revision demands it.
    private func structured(for revision: Revision) -> [UInt8] {
        let bytes = result.structured
        let isSpace: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
        guard revision.hasStructuredContent, revision.demandsStructuredObject,
            let first = bytes.first(where: { !isSpace($0) }), first != UInt8(ascii: "{")
        else { return bytes }
        return Array("{\"\(ToolDefinition.wrapper)\":".utf8) + bytes + [UInt8(ascii: "}")]
    }
}

extension GatewayError {
    /// The error as structured content.
    fileprivate var structured: [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.name("error")
        writer.beginObject()
        writer.name("code")
        writer.write(code.rawValue)
        writer.name("message")
        writer.write(message)
        if let retryAfterMilliseconds {
            writer.name("retry_after_ms")
            writer.write(retryAfterMilliseconds)
        }
        if let hint {
            writer.name("hint")
            writer.write(hint)
        }
        if let approvalURL {
            writer.name("approval_url")
            writer.write(approvalURL)
        }
        writer.endObject()
        writer.endObject()
        return writer.bytes
    }
}

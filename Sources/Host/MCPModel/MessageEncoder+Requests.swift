package import GatewayCore
import JSON

extension MessageEncoder {
    /// A request to a client of a session, in the form of its revision (2025-11-25 client/elicitation, client/sampling,
    /// client/roots).
    ///
    /// `link` names a question that opens a link, beyond this session and for nobody to guess.
    package func request(_ input: Question.Input, id: String, link: String, revision: Revision) -> [UInt8] {
        var writer = JSONWriter(capacity: input.parameters.count + 128)
        writer.beginObject()
        writer.name("jsonrpc")
        writer.write("2.0")
        writer.name("id")
        writer.write(id)
        writer.name("method")
        writer.write(input.method)
        writer.name("params")
        writeParameters(of: input, link, revision, &writer)
        writer.endObject()
        return writer.bytes
    }

    /// Links have an id of their own in the one revision of sessions that has links; modes came with them.
    private func writeParameters(
        of input: Question.Input,
        _ link: String,
        _ revision: Revision,
        _ writer: inout JSONWriter
    ) {
        guard let document = try? JSONDocument(parsing: input.parameters) else { return writer.writeRaw("{}".utf8) }
        writer.beginObject()
        for member in document.root.members where revision.hasLinkQuestions || !member.key.isString("mode") {
            writer.name(member.name)
            writer.writeRaw(member.value.bytes)
        }
        if input.kind == .link {
            writer.name("elicitationId")
            writer.write(link)
        }
        writer.endObject()
    }

    /// Says that a request is not to be answered any more (2025-11-25 basic/utilities/cancellation).
    package func cancellation(ofRequest id: String) -> [UInt8] {
        Self.notification("notifications/cancelled") { writer in
            writer.name("requestId")
            writer.write(id)
        }
    }
}

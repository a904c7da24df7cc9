package import GatewayCore
import JSON

extension MessageEncoder {
    /// A request to a client of a session, in the form of its revision (2025-11-25 client/elicitation, client/sampling,
    /// client/roots).
    package func request(_ input: Question.Input, id: String, revision: Revision) -> [UInt8] {
        var writer = JSONWriter(capacity: input.parameters.count + 128)
        writer.beginObject()
        writer.name("jsonrpc")
        writer.write("2.0")
        writer.name("id")
        writer.write(id)
        writer.name("method")
        writer.write(input.method)
        writer.name("params")
        writeParameters(of: input, id, revision, &writer)
        writer.endObject()
        return writer.bytes
    }

    /// Links have an id of their own in the one revision of sessions that has links; modes came with them.
    private func writeParameters(
        of input: Question.Input,
        _ id: String,
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
            writer.write(id)
        }
        writer.endObject()
    }
}

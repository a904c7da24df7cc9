import GatewayCore
import MCPModel

/// Text goes through a header field and comes out as it was; no text can end the field.
enum HeaderProperties {
    static func fault(in bytes: [UInt8]) -> String? {
        guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
        let field = HeaderText.encoded(text)
        guard field.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else { return "a field is not printable ASCII" }
        guard HeaderText.trimmed(field) == field else { return "a field begins or ends with a space" }
        guard let decoded = HeaderText.decoded(field), Array(decoded.utf8) == bytes else {
            return "a text does not come back"
        }
        if let read = HeaderText.decoded(text), HeaderText.decoded(HeaderText.encoded(read)) != read {
            return "what was read cannot be written"
        }
        return fault(inTrace: text)
    }

    private static func fault(inTrace text: String) -> String? {
        for trace in [TraceContext(traceParent: text), TraceContext(traceParent: sample, traceState: text)] {
            guard let trace else { continue }
            let parent = trace.traceParent
            guard TraceContext(traceParent: parent)?.traceID == trace.traceID else {
                return "a trace does not come back"
            }
            guard parent.utf8.count == 55 else { return "a trace has another length" }
        }
        return nil
    }

    private static let sample = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
}

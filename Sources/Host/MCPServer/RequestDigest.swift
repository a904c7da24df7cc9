import GatewayCore
import JSON
import MCPModel
import Sealing

/// Names a request by what it asks and who asks: the same again has the same name, however it is written.
enum RequestDigest {
    /// SHA-256 in hexadecimal digits, of caller, view, method and parameters.
    ///
    /// The order of an object's members does not matter. What belongs to the protocol and not to the request is left out.
    static func make(_ request: JSONRPCRequest, of caller: Caller) -> String {
        var writer = JSONWriter(capacity: 512)
        writer.beginArray()
        for part in [
            caller.principal.issuer, caller.principal.subject, caller.principal.client ?? "", caller.view.path,
            request.method,
        ] { writer.write(part) }
        if let parameters = request.parameters {
            write(parameters, leavingOut: InputAnswers.members, to: &writer)
        }
        writer.endArray()
        return Digest.sha256Text(writer.bytes)
    }

    private static func write(_ node: JSONNode, leavingOut names: Set<String> = [], to writer: inout JSONWriter) {
        switch node.kind {
        case .object:
            writer.beginObject()
            let members = node.members.map { ($0.name, $0.value) }.filter { !names.contains($0.0) }
            for (name, value) in members.sorted(by: { $0.0 < $1.0 }) {
                writer.name(name)
                write(value, to: &writer)
            }
            writer.endObject()
        case .array:
            writer.beginArray()
            for element in node.elements { write(element, to: &writer) }
            writer.endArray()
        case .string: writer.write(node.string ?? "")
        case .null, .bool, .number: writer.writeRaw(node.bytes)
        }
    }
}

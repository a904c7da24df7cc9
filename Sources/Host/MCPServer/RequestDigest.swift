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
            parameters.writeCanonically(leavingOut: InputAnswers.members, to: &writer)
        }
        writer.endArray()
        return Digest.sha256Text(writer.bytes)
    }
}

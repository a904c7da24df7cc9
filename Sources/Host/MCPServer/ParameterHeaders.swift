import GatewayCore
import HTTPServer
import JSON
import MCPModel

/// The header fields of a request, compared with arguments that they repeat.
struct ParameterHeaders: ParameterFields {
    let headers: HTTPHeaderFields

    func mismatch(_ parameters: [HeaderParameter], in arguments: JSONNode) -> HeaderMismatch? {
        for parameter in parameters {
            if let mismatch = parameter.mismatch(headers.values(parameter.field), in: arguments) { return mismatch }
        }
        return nil
    }
}

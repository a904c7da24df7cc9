import HTTPServer
import JSON
import MCPModel

/// The header fields that repeat parts of a modern request, so that proxies can route without reading the body.
///
/// They must say what the body says, or the proxy and the server act on different requests.
enum RoutingHeaders {
    /// Compares the fields with the body (2026-07-28 basic/transports, "Server validation").
    /// - Throws: -32020 naming the field that is missing, given twice, badly encoded or different.
    static func check(
        _ headers: HTTPHeaderFields,
        claim: String,
        request: JSONRPCRequest,
        methods: Methods
    ) throws(ProtocolError) {
        try compare(HeaderName.protocolVersion, try value(HeaderName.protocolVersion, headers), claim)
        try compare(HeaderName.method, try value(HeaderName.method, headers), request.method)
        guard let member = methods.method(request.method, in: .modern)?.nameMember else { return }
        let field = try value(HeaderName.name, headers)
        // A body without a name is refused for that, later; unless a field claims that it has one.
        guard let name = request.parameters?[member]?.string else {
            return try compare(HeaderName.name, field, nil)
        }
        guard let field else { return try compare(HeaderName.name, nil, name) }
        guard let decoded = HeaderText.decoded(field) else {
            throw ProtocolError(.headerMismatch, "The header field \(HeaderName.name) is not well encoded.")
        }
        try compare(HeaderName.name, decoded, name)
    }

    private static func value(_ name: String, _ headers: HTTPHeaderFields) throws(ProtocolError) -> String? {
        let values = headers.values(name)
        guard values.count <= 1 else {
            throw ProtocolError(.headerMismatch, "The header field \(name) is given more than once.")
        }
        return values.first.map(HeaderText.trimmed)
    }

    private static func compare(_ name: String, _ field: String?, _ body: String?) throws(ProtocolError) {
        guard field != nil || body == nil else {
            throw ProtocolError(.headerMismatch, "The header field \(name) is missing.")
        }
        // Bytes, because Swift compares strings by canonical equivalence.
        guard (field ?? "").utf8.elementsEqual((body ?? "").utf8), (field == nil) == (body == nil) else {
            throw ProtocolError(.headerMismatch, "The header field \(name) does not match the body.")
        }
    }
}

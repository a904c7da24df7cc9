package import GatewayCore
package import JSON

/// What a modern request says about itself in `_meta` (2026-07-28 basic, "Per-request metadata").
package struct RequestMetadata: Sendable {
    /// The revision the client claims to speak, as it was written.
    package let protocolVersion: String
    /// An object, on every request.
    package let clientCapabilities: JSONNode
    /// What the client can be asked on behalf of this request.
    package var abilities: ClientAbilities { ClientAbilities(clientCapabilities) }
    /// For logs only; behaviour never depends on it.
    ///
    /// Nil when it is missing or not an object.
    package let clientInfo: JSONNode?
    /// A string or an integer; nil when progress is not wanted.
    package let progressToken: RequestIdentifier?
    /// The least serious messages wanted before the answer; nil when none are.
    package let severity: Severity?
    /// The caller's W3C trace context, not yet checked.
    package let traceParent: String?
    /// What vendors add to it, not yet checked.
    package let traceState: String?

    /// Reads the metadata of a request's parameters.
    /// - Throws: -32602 when a required member is missing or of another type, and when the level of messages is unknown.
    package init(of parameters: JSONNode?) throws(ProtocolError) {
        guard let meta = parameters?["_meta"], meta.kind == .object else {
            throw ProtocolError(.invalidParameters, "The object params._meta is missing.")
        }
        guard let version = meta[MetaKey.protocolVersion]?.string else {
            throw Self.missing(MetaKey.protocolVersion, "a string")
        }
        guard let capabilities = meta[MetaKey.clientCapabilities], capabilities.kind == .object else {
            throw Self.missing(MetaKey.clientCapabilities, "an object")
        }
        protocolVersion = version
        clientCapabilities = capabilities
        clientInfo = meta[MetaKey.clientInfo].flatMap { $0.kind == .object ? $0 : nil }
        progressToken = meta[MetaKey.progressToken].flatMap(RequestIdentifier.init)
        severity = try meta[MetaKey.logLevel].map { (level) throws(ProtocolError) in
            try Severity(level, of: "params._meta[\"\(MetaKey.logLevel)\"]")
        }
        traceParent = meta[MetaKey.traceParent]?.string
        traceState = meta[MetaKey.traceState]?.string
    }

    private static func missing(_ key: String, _ type: String) -> ProtocolError {
        ProtocolError(.invalidParameters, "params._meta[\"\(key)\"] is required and must be \(type).")
    }
}

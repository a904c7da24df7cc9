/// The numbers of JSON-RPC errors (JSON-RPC 2.0 section 5.1; 2026-07-28 basic, "Error codes").
package enum ProtocolErrorCode: Int, Hashable, Sendable, CaseIterable {
    /// The body is not JSON.
    case parseError = -32700
    /// The body is JSON, but not a message that is acceptable here.
    case invalidRequest = -32600
    case methodNotFound = -32601
    /// The parameters do not fit the method; also an unknown item, and required `_meta` that is missing.
    case invalidParameters = -32602
    case internalError = -32603
    /// A session client asked for a resource there is not (server/resources of the revisions to 2025-11-25).
    case resourceNotFound = -32002
    /// A header field is missing or says something else than the body.
    case headerMismatch = -32020
    /// The client did not declare a capability that the request needs.
    case missingClientCapability = -32021
    case unsupportedProtocolVersion = -32022
}

/// The header fields of the protocol (2026-07-28 basic/transports, "Request headers").
enum HeaderName {
    static let protocolVersion = "MCP-Protocol-Version"
    static let method = "Mcp-Method"
    static let name = "Mcp-Name"
    static let session = "Mcp-Session-Id"
    /// W3C Trace Context, section 3.
    static let traceParent = "traceparent"
    static let traceState = "tracestate"
}

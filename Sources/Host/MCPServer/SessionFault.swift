import MCPModel

/// Why a request does not belong to a session (2025-11-25 basic/transports, "Session management").
enum SessionFault: Error, Hashable, Sendable {
    /// No `Mcp-Session-Id`, or several.
    case missing
    /// Ended, expired, somebody else's or never begun: no difference is made.
    case unknown
    /// `MCP-Protocol-Version` says something else than `initialize` agreed on.
    case version(negotiated: Revision)
    /// The revision has no batches.
    case batch
    case batchSize(limit: Int)

    /// The HTTP status.
    var status: Int { self == .unknown ? 404 : 400 }

    var error: ProtocolError {
        switch self {
        case .missing:
            ProtocolError(.invalidRequest, "One header field Mcp-Session-Id is needed. Begin with initialize.")
        case .unknown:
            ProtocolError(.invalidRequest, "There is no such session. Begin again with initialize.")
        case .version(let negotiated):
            ProtocolError(
                .invalidRequest,
                "The header field MCP-Protocol-Version must be \(negotiated.name), as agreed on in this session."
            )
        case .batch:
            ProtocolError(.invalidRequest, "Batches are not accepted.")
        case .batchSize(let limit):
            ProtocolError(.invalidRequest, "A batch has 1 to \(limit) messages.")
        }
    }
}

import JSON
import MCPModel

/// In which era a request is, from what it says about itself: never from the connection or from earlier requests.
enum EraSelection {
    /// Chooses the era, `header` being the first value of `MCP-Protocol-Version`.
    ///
    /// A claim in the body is modern whatever it claims, and so is a header field that names no session revision: such
    /// a client is told what is wrong in words it understands.
    static func era(header: String?, body: JSONNode) -> Era {
        if let header, isModern(header) { return .modern }
        let isClaimed = body.kind == .array ? body.elements.contains(where: hasClaim) : hasClaim(body)
        return isClaimed ? .modern : .session
    }

    /// Whether a version names no session revision.
    static func isModern(_ version: String) -> Bool {
        !(Revision(rawValue: version)?.isSession ?? false)
    }

    private static func hasClaim(_ message: JSONNode) -> Bool {
        message["params"]?["_meta"]?[MetaKey.protocolVersion] != nil
    }
}

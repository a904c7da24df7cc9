import GatewayCore
import MCPModel

/// All of the gateway's own tools.
///
/// They have the same names in every view, with prefixes or without.
struct GatewayToolSet: Sendable {
    /// In the order in which a client uses them.
    private let tools: [GatewayTool]
    private let positions: [String: Int]

    /// - Parameters:
    ///   - keepsProvenance: Whether there is anything that `beamline_verify_provenance` could look up.
    ///   - hasOfficers: Whether there is anybody for whom `beamline_audit_search` is.
    init(keepsProvenance: Bool, hasOfficers: Bool) {
        let made = [
            try? GatewayTool(.findTools), try? GatewayTool(.describeTool), try? GatewayTool(.callTool, wrapsCall: true),
            try? GatewayTool(.routeQuestion, in: .viewsOfSeveral),
            keepsProvenance ? try? GatewayTool(.verifyProvenance, in: .everywhere) : nil,
            hasOfficers ? try? GatewayTool(.searchAudit, in: .forOfficers) : nil,
        ]
        tools = made.compactMap(\.self)
        positions = Dictionary(tools.enumerated().map { ($1.item.outsideName, $0) }) { first, _ in first }
    }

    /// The definitions of those that are listed, in place of the tools of so many experiments or beside them.
    func definitions(_ form: ToolForm, isSearched: Bool, experiments: Int, isOfficer: Bool) -> [[UInt8]] {
        tools.filter { tool in
            switch tool.place {
            case .searchedViews: isSearched
            case .viewsOfSeveral: experiments > 1
            // Who sees no tool has no results to look after.
            case .everywhere: isSearched || experiments > 0
            case .forOfficers: isOfficer
            }
        }
        .map { $0.definition(form) }
    }

    /// The tool of an outside name; nil when it is not one of these.
    func tool(_ name: String) -> GatewayTool? {
        positions[name].map { tools[$0] }
    }
}

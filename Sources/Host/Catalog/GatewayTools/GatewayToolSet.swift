import GatewayCore
import MCPModel

/// All of the gateway's own tools.
///
/// They have the same names in every view, with prefixes or without.
struct GatewayToolSet: Sendable {
    /// In the order in which a client uses them.
    private let tools: [GatewayTool]
    private let positions: [String: Int]

    /// - Parameter keepsProvenance: Whether there is anything that `beamline_verify_provenance` could look up.
    init(keepsProvenance: Bool) {
        let made = [
            try? GatewayTool(.findTools), try? GatewayTool(.describeTool), try? GatewayTool(.callTool, wrapsCall: true),
            keepsProvenance ? try? GatewayTool(.verifyProvenance, isEverywhere: true) : nil,
        ]
        tools = made.compactMap(\.self)
        positions = Dictionary(tools.enumerated().map { ($1.item.outsideName, $0) }) { first, _ in first }
    }

    /// The definitions, with commas between them.
    func definitions(_ form: ToolForm) -> [UInt8] {
        Array(tools.map { $0.definition(form) }.joined(separator: [UInt8(ascii: ",")]))
    }

    /// The definitions of those that are also there where all tools are listed.
    func definitionsEverywhere(_ form: ToolForm) -> [[UInt8]] {
        tools.filter(\.isEverywhere).map { $0.definition(form) }
    }

    /// The tool of an outside name; nil when it is not one of these.
    func tool(_ name: String) -> GatewayTool? {
        positions[name].map { tools[$0] }
    }
}

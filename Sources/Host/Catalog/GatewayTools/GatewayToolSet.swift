import GatewayCore
import MCPModel

/// All of the gateway's own tools.
///
/// They have the same names in every view, with prefixes or without.
struct GatewayToolSet: Sendable {
    /// In the order in which a client uses them.
    private let tools: [GatewayTool]
    private let positions: [String: Int]

    init() {
        let made = [
            try? GatewayTool(.findTools), try? GatewayTool(.describeTool), try? GatewayTool(.callTool, wrapsCall: true),
        ]
        tools = made.compactMap(\.self)
        positions = Dictionary(tools.enumerated().map { ($1.item.outsideName, $0) }) { first, _ in first }
    }

    /// The definitions, with commas between them.
    func definitions(_ form: ToolForm) -> [UInt8] {
        Array(tools.map { $0.definition(form) }.joined(separator: [UInt8(ascii: ",")]))
    }

    /// The tool of an outside name; nil when it is not one of these.
    func tool(_ name: String) -> GatewayTool? {
        positions[name].map { tools[$0] }
    }
}

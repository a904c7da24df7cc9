/// Which older server's form the answers have, for clients that were written for it.
package enum Compatibility: String, Decodable, Hashable, Sendable, CaseIterable {
    /// The MCP server of the testbed monitor, as of 2026.
    case swfMonitor = "swf-monitor"
}

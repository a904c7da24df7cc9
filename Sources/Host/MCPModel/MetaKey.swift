/// The names of `_meta` members that the protocol reserves (2026-07-28 basic, "_meta").
package enum MetaKey {
    package static let protocolVersion = "io.modelcontextprotocol/protocolVersion"
    package static let clientCapabilities = "io.modelcontextprotocol/clientCapabilities"
    package static let clientInfo = "io.modelcontextprotocol/clientInfo"
    package static let serverInfo = "io.modelcontextprotocol/serverInfo"
    package static let logLevel = "io.modelcontextprotocol/logLevel"
    /// The id of the request whose stream a message belongs to.
    package static let subscriptionID = "io.modelcontextprotocol/subscriptionId"
    package static let progressToken = "progressToken"
    package static let traceParent = "traceparent"
    package static let traceState = "tracestate"

    /// What the names begin with that only the protocol itself may use.
    static let reservedPrefix = "io.modelcontextprotocol/"
}

package import GatewayCore
package import JSON

/// A session's wish for messages (2025-11-25 server/utilities/logging, "Setting Log Level").
package struct SetLevelRequest: Sendable {
    package static let method = "logging/setLevel"

    package let severity: Severity

    /// Reads the parameters of `logging/setLevel`.
    /// - Throws: -32602 when the level is missing or unknown.
    package init(_ parameters: JSONNode?) throws(ProtocolError) {
        guard let level = parameters?["level"] else {
            throw ProtocolError(.invalidParameters, "params.level is required.")
        }
        severity = try Severity(level, of: "params.level")
    }
}

import GatewayCore
import JSON

extension Severity {
    /// Reads the level of messages that a request asks for; `member` says where it stands.
    /// - Throws: -32602 for anything that is no level.
    init(_ level: JSONNode, of member: String) throws(ProtocolError) {
        guard let severity = level.string.flatMap(Severity.init(name:)) else {
            let names = Severity.allCases.map(\.name).joined(separator: ", ")
            throw ProtocolError(.invalidParameters, "\(member) must be one of: \(names).")
        }
        self = severity
    }
}

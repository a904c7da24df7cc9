package import GatewayCore
package import JSON

/// How a session begins (2025-11-25 basic/lifecycle, "Initialization").
package struct InitializeRequest: Sendable {
    package static let method = "initialize"

    /// The revision the client would like, as it was written.
    package let protocolVersion: String
    /// What the client can be asked.
    package let abilities: ClientAbilities

    /// Reads the parameters of `initialize`.
    ///
    /// `capabilities` and `clientInfo` may be missing, as some clients leave them out, but not be of another type.
    /// - Throws: -32602 naming the member that is wrong.
    package init(_ parameters: JSONNode?) throws(ProtocolError) {
        guard let version = parameters?["protocolVersion"]?.string else {
            throw ProtocolError(.invalidParameters, "params.protocolVersion is required and must be a string.")
        }
        for name in ["capabilities", "clientInfo"] {
            guard parameters?[name].map({ $0.kind == .object }) ?? true else {
                throw ProtocolError(.invalidParameters, "params.\(name) must be an object.")
            }
        }
        protocolVersion = version
        abilities = ClientAbilities(parameters?["capabilities"])
    }

    /// The revision of the session: the one asked for if it has sessions, else the newest that has.
    package var negotiated: Revision {
        guard let asked = Revision(rawValue: protocolVersion), asked.isSession else { return .newestSession }
        return asked
    }
}

import GatewayState

/// A token that a person gave for a source, as it is kept.
struct GivenToken: Hashable, Sendable, Codable {
    let token: String
    /// Where it may be sent: it stays good for no other place when the site's configuration changes.
    let origin: String

    /// What is shown of it: the last four characters of a token that is much longer.
    var tail: String { token.utf8.count >= 16 ? String(token.suffix(4)) : "" }

    static func read(_ record: GivenTokenRecord) -> GivenToken? { Document.value(GivenToken.self, record.document) }
}

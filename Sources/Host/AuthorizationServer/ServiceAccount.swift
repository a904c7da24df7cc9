/// A program that calls for itself: who answers for it, what it may do at most, and until when.
package struct ServiceAccount: Hashable, Sendable {
    /// Its name, which is also its client id.
    package let id: String
    /// Who answers for it, for people.
    package let owner: String
    package let roles: [String]
    /// The most it may do.
    package let scopes: [String]
    /// Seconds since 1970.
    package let expiresAt: Int64
    /// The SHA-256 of its client secrets, in hexadecimal.
    package let secretDigests: [String]
    /// The SHA-256 of its static keys, in hexadecimal.
    package let keyDigests: [String]
    /// The JWK set of its private keys, as JSON text.
    package let keySet: [UInt8]?
    /// The tools, by their outside names, that it may call although a person would have to agree.
    package let consentedTools: [String]

    package init(
        id: String,
        owner: String,
        roles: [String],
        scopes: [String],
        expiresAt: Int64,
        secretDigests: [String] = [],
        keyDigests: [String] = [],
        keySet: [UInt8]? = nil,
        consentedTools: [String] = []
    ) {
        self.id = id
        self.owner = owner
        self.roles = roles
        self.scopes = scopes
        self.expiresAt = expiresAt
        self.secretDigests = secretDigests
        self.keyDigests = keyDigests
        self.keySet = keySet
        self.consentedTools = consentedTools
    }

    /// The account as a client of the token endpoint.
    var client: Client {
        Client(
            id: id,
            name: id,
            origin: .account,
            authentication: keySet == nil ? .secretBasic : .privateKey,
            secretDigests: secretDigests,
            keySet: keySet
        )
    }
}

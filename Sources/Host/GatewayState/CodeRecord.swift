/// An authorization code as it is kept: its digest and what it is bound to.
package struct CodeRecord: Hashable, Sendable {
    /// The SHA-256 of the code, in hexadecimal.
    package let digest: String
    package let grant: String
    package let client: String
    package let redirectURI: String
    /// The `code_challenge` of method S256.
    package let challenge: String
    /// Seconds since 1970.
    package let expiresAt: Int64
    /// When it was redeemed; nil while it may be.
    package let usedAt: Int64?

    package init(
        digest: String,
        grant: String,
        client: String,
        redirectURI: String,
        challenge: String,
        expiresAt: Int64,
        usedAt: Int64? = nil
    ) {
        self.digest = digest
        self.grant = grant
        self.client = client
        self.redirectURI = redirectURI
        self.challenge = challenge
        self.expiresAt = expiresAt
        self.usedAt = usedAt
    }
}

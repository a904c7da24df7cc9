/// A token that a person gave for a source; times are in seconds since 1970.
package struct GivenTokenRecord: Hashable, Sendable {
    /// The gateway's own stable name for the person.
    package let person: String
    /// The source, as the configuration calls it.
    package let source: String
    /// The `iss` and `sub` of the login by which the person was here.
    package let issuer: String
    package let subject: String
    /// The token and what belongs to it; sealed in the file.
    package let document: [UInt8]
    package let givenAt: Int64
    package let expiresAt: Int64

    package init(
        person: String,
        source: String,
        issuer: String,
        subject: String,
        document: [UInt8],
        givenAt: Int64,
        expiresAt: Int64
    ) {
        self.person = person
        self.source = source
        self.issuer = issuer
        self.subject = subject
        self.document = document
        self.givenAt = givenAt
        self.expiresAt = expiresAt
    }
}

/// A login with the tokens that came with it.
package struct HeldLogin: Hashable, Sendable {
    package let login: LoginRecord
    /// The tokens as a document, sealed in the file; nil when none are kept.
    package let tokens: [UInt8]?
}

/// How somebody stands with an issuer.
package enum IssuerStanding: Hashable, Sendable {
    /// They never logged in there, or unlinked it.
    case none
    /// They did, and it holds no more.
    case over
    case holds(HeldLogin)
}

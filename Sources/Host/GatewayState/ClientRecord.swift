/// A client that registered itself (RFC 7591); times are in seconds since 1970.
package struct ClientRecord: Hashable, Sendable {
    package let id: String
    package let name: String
    /// Its metadata as JSON text, as the registration accepted them.
    package let metadata: String
    /// The SHA-256 of its secret, in hexadecimal; nil for a public client.
    package let secretDigest: String?
    package let createdAt: Int64
    /// When it last got a token; nil before the first.
    package let usedAt: Int64?
    package let expiresAt: Int64

    package init(
        id: String,
        name: String,
        metadata: String,
        secretDigest: String?,
        createdAt: Int64,
        usedAt: Int64? = nil,
        expiresAt: Int64
    ) {
        self.id = id
        self.name = name
        self.metadata = metadata
        self.secretDigest = secretDigest
        self.createdAt = createdAt
        self.usedAt = usedAt
        self.expiresAt = expiresAt
    }
}

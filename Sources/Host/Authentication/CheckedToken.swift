import JSON

/// A token whose form is right and whose issuer is known.
///
/// Nobody has vouched for its claims yet.
struct CheckedToken: Sendable {
    let issuer: String
    let record: IssuerRecord
    let algorithm: SigningAlgorithm
    /// The name of the key, when the token gives one.
    let keyID: String?
    /// The `typ` of the header, when there is one.
    let type: String?
    /// What the signature is over: the first two parts with the dot between them.
    let signedBytes: [UInt8]
    let signature: [UInt8]
    /// The claims: an object.
    let claims: JSONNode
}

/// A signed token that could be read and whose issuer is known; whether its form is one that is taken is open.
struct ReadToken: Sendable {
    let issuer: String
    let record: IssuerRecord
    let header: JSONNode
    let claims: JSONNode
    let signedBytes: [UInt8]
    let signature: [UInt8]
}

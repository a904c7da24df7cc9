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

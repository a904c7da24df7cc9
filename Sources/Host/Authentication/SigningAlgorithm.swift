/// The asymmetric algorithms a token may be signed with (RFC 7518 section 3.1, RFC 8037).
///
/// There is no `none` and no algorithm with a shared secret, so neither can ever be chosen by a token.
package enum SigningAlgorithm: String, Hashable, Sendable, CaseIterable {
    case rs256 = "RS256"
    case rs384 = "RS384"
    case rs512 = "RS512"
    case ps256 = "PS256"
    case ps384 = "PS384"
    case ps512 = "PS512"
    case es256 = "ES256"
    case es384 = "ES384"
    case es512 = "ES512"
    case edDSA = "EdDSA"

    /// What an issuer's record allows unless it says otherwise.
    package static let usual: Set<SigningAlgorithm> = [.rs256, .es256, .edDSA, .ps256]

    /// The length of a signature in bytes; nil where it follows from the key.
    var signatureLength: Int? {
        switch self {
        case .rs256, .rs384, .rs512, .ps256, .ps384, .ps512: nil
        case .es256, .edDSA: 64
        case .es384: 96
        case .es512: 132
        }
    }
}

package import Sealing

/// Whose bundles the site accepts, and what their signatures are worth.
package struct BundleTrust: Sendable {
    package struct Key: Hashable, Sendable {
        /// What the site calls it.
        package let name: String
        package let key: VerifyingKey
        /// Whether what it signed may run inside the gateway's process.
        package let isTrustedInProcess: Bool

        package init(name: String, key: VerifyingKey, isTrustedInProcess: Bool) {
            self.name = name
            self.key = key
            self.isTrustedInProcess = isTrustedInProcess
        }
    }

    package let keys: [Key]
    /// Whether a plugin that is not shipped needs the signature of one of the keys.
    package let requiresSignature: Bool

    /// No keys, and no need of them.
    package static let none = BundleTrust(keys: [], requiresSignature: false)

    package init(keys: [Key], requiresSignature: Bool) {
        self.keys = keys
        self.requiresSignature = requiresSignature
    }

    /// What a signature says of an index.
    /// - Throws: for a bad signature whatever the site asks for, and for none where it asks for one.
    func state(of signature: BundleSignature?, over index: [UInt8]) throws(BundleFailure) -> SignatureState {
        guard let signature else {
            return try accept(.unsigned, "The bundle is not signed, and trust.require_signature asks for it.")
        }
        guard let key = keys.first(where: { $0.key.id == signature.keyID }) else {
            return try accept(
                .unknownKey(id: signature.keyID),
                "The bundle is signed with the key \(signature.keyID), which trust.keys does not have."
            )
        }
        guard key.key.accepts(signature.bytes, of: index) else {
            throw BundleFailure(
                .signature,
                "The signature is not one of \(key.name) over this bundle.json: one of the two was changed."
            )
        }
        return .signed(by: key.name, isTrustedInProcess: key.isTrustedInProcess)
    }

    private func accept(_ state: SignatureState, _ refusal: String) throws(BundleFailure) -> SignatureState {
        if requiresSignature { throw BundleFailure(.signature, refusal) }
        return state
    }
}

/// What is known of a bundle's author.
package enum SignatureState: Hashable, Sendable {
    case unsigned
    /// Whether the signature is good cannot be known.
    case unknownKey(id: String)
    /// The signature is good; `by` is the site's name for the key.
    case signed(by: String, isTrustedInProcess: Bool)
}

extension SignatureState: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unsigned: "not signed"
        case .unknownKey(let id): "signed with an unknown key, \(id)"
        case .signed(let name, let isTrusted):
            "signed by \(name)\(isTrusted ? ", which trust.in_process names" : "")"
        }
    }
}

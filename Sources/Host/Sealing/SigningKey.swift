import Crypto

/// The secret half of a key pair for signatures (Ed25519, RFC 8032).
package struct SigningKey: Sendable {
    private static let prefix = "ed25519-secret:"

    private let key: Curve25519.Signing.PrivateKey

    /// A new pair.
    package init() {
        key = Curve25519.Signing.PrivateKey()
    }

    /// Reads what `text` writes; nil for anything else.
    package init?(text: String) {
        guard text.hasPrefix(Self.prefix), let secret = Base64URL.decode(text.utf8.dropFirst(Self.prefix.utf8.count)),
            let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: secret)
        else { return nil }
        self.key = key
    }

    /// `ed25519-secret:` and the key in base64url; for a file that only its owner may read.
    package var text: String { Self.prefix + Base64URL.encode(Array(key.rawRepresentation)) }

    /// What others check signatures with.
    package var verifyingKey: VerifyingKey { VerifyingKey(Array(key.publicKey.rawRepresentation)) }

    /// A signature over exactly these bytes.
    package func sign(_ message: [UInt8]) -> [UInt8] {
        // Fails for no message.
        guard let signature = try? key.signature(for: message) else {
            preconditionFailure("Ed25519 cannot sign \(message.count) bytes")
        }
        return Array(signature)
    }
}

import Crypto

/// The public half of a key pair for signatures (Ed25519, RFC 8032).
package struct VerifyingKey: Hashable, Sendable {
    private static let prefix = "ed25519:"
    /// How many bytes a signature has.
    package static let signatureBytes = 64

    /// The key itself: 32 bytes.
    package let bytes: [UInt8]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Reads what `text` writes; nil for anything else.
    package init?(text: String) {
        guard text.hasPrefix(Self.prefix), let bytes = Base64URL.decode(text.utf8.dropFirst(Self.prefix.utf8.count)),
            bytes.count == 32, (try? Curve25519.Signing.PublicKey(rawRepresentation: bytes)) != nil
        else { return nil }
        self.bytes = bytes
    }

    /// `ed25519:` and the key in base64url.
    package var text: String { Self.prefix + Base64URL.encode(bytes) }

    /// Which key it is: the first 16 hexadecimal digits of its SHA-256.
    package var id: String { String(Digest.sha256Text(bytes).prefix(16)) }

    /// Whether a signature over exactly these bytes was made with the other half.
    package func accepts(_ signature: [UInt8], of message: [UInt8]) -> Bool {
        guard signature.count == Self.signatureBytes,
            let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes)
        else { return false }
        return key.isValidSignature(signature, for: message)
    }
}

import Crypto

/// A private key that signs with ECDSA on P-256 and SHA-256, the `ES256` of JOSE (RFC 7518 section 3.4).
package struct ES256Key: Sendable {
    private let key: P256.Signing.PrivateKey

    /// Makes a new key.
    package init() {
        key = P256.Signing.PrivateKey()
    }

    /// Reads what `secret` gave; nil for anything else.
    package init?(secret: [UInt8]) {
        guard let key = try? P256.Signing.PrivateKey(rawRepresentation: secret) else { return nil }
        self.key = key
    }

    /// The private key: 32 bytes.
    package var secret: [UInt8] { Array(key.rawRepresentation) }

    /// The coordinates of the public key, as a JWK has them.
    package var publicPoint: (x: String, y: String) {
        let point = Array(key.publicKey.rawRepresentation)
        return (Base64URL.encode(Array(point.prefix(32))), Base64URL.encode(Array(point.suffix(32))))
    }

    /// The signature over some bytes: 64 bytes, both numbers after each other.
    package func signature(over bytes: [UInt8]) -> [UInt8] {
        // Fails for no input; the error is of the interface for keys kept in hardware.
        guard let signature = try? key.signature(for: bytes) else { preconditionFailure("ES256 cannot sign") }
        return Array(signature.rawRepresentation)
    }
}

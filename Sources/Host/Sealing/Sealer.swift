import Crypto

/// Makes texts that only holders of a key can read, and nobody else can make or change (AES-256-GCM, NIST SP 800-38D).
///
/// What it gives out may pass through anybody's hands and comes back as it was, or is not accepted.
package struct Sealer: Sendable {
    /// The shortest secret, in bytes.
    package static let minimumSecretBytes = 32
    private static let version = "v1."
    private static let nonceBytes = 12
    private static let tagBytes = 16
    private static let markBytes = 4

    private struct Key: Sendable {
        let key: SymmetricKey
        /// Which key it is, in public.
        let mark: [UInt8]

        init(_ secret: [UInt8]) {
            key = HKDF<SHA256>.deriveKey(
                inputKeyMaterial: SymmetricKey(data: secret),
                info: Array("beamline sealing key".utf8),
                outputByteCount: 32
            )
            mark = Array(Digest.sha256(Array("beamline sealing key mark".utf8) + secret).prefix(Sealer.markBytes))
        }
    }

    private let keys: [Key]

    /// The first secret seals, and all of them open: so a secret is replaced without losing what is under way.
    /// - Returns: nil when there is none, or one is shorter than 32 bytes.
    package init?(secrets: [[UInt8]]) {
        guard !secrets.isEmpty, secrets.allSatisfy({ $0.count >= Self.minimumSecretBytes }) else { return nil }
        keys = secrets.map(Key.init)
    }

    /// Seals some bytes for a purpose; only for the same purpose are they opened again.
    package func seal(_ bytes: [UInt8], for purpose: String) -> String {
        let key = keys[0]
        // With a random nonce of 96 bits and a fresh tag, sealing fails for no input of ours.
        guard let box = try? AES.GCM.seal(bytes, using: key.key, authenticating: Array(purpose.utf8)),
            let combined = box.combined
        else { preconditionFailure("AES-GCM cannot seal \(bytes.count) bytes") }
        return Self.version + Base64URL.encode(key.mark + Array(combined))
    }

    /// The bytes of a sealed text; nil when it was sealed with another key, for another purpose, or was changed.
    package func open(_ text: String, for purpose: String) -> [UInt8]? {
        guard text.hasPrefix(Self.version),
            let bytes = Base64URL.decode(text.utf8.dropFirst(Self.version.utf8.count)),
            bytes.count >= Self.markBytes + Self.nonceBytes + Self.tagBytes
        else { return nil }
        let mark = bytes.prefix(Self.markBytes)
        for key in keys where key.mark.elementsEqual(mark) {
            guard let box = try? AES.GCM.SealedBox(combined: bytes.dropFirst(Self.markBytes)),
                let plain = try? AES.GCM.open(box, using: key.key, authenticating: Array(purpose.utf8))
            else { continue }
            return Array(plain)
        }
        return nil
    }
}

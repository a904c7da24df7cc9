import Sealing

/// What the gateway gives out so that it is recognised when it comes back; kept as a digest only.
package enum Secret {
    /// 256 random bits as text.
    package static func make() -> String {
        Base64URL.encode(RandomBytes.make(count: 32))
    }

    /// 128 random bits in hexadecimal, for names: people type them, so none begins with a dash.
    package static func identifier() -> String {
        String(Digest.sha256Text(RandomBytes.make(count: 32)).prefix(32))
    }

    /// What is kept of a secret: its SHA-256, in hexadecimal.
    package static func digest(_ secret: String) -> String {
        Digest.sha256Text(Array(secret.utf8))
    }
}

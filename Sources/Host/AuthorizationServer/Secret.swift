import Sealing

/// What the gateway gives out so that it is recognised when it comes back; kept as a digest only.
package enum Secret {
    /// 256 random bits as text.
    package static func make() -> String {
        Base64URL.encode(RandomBytes.make(count: 32))
    }

    /// A refresh token: it begins with a fixed word, so that scanners find one that leaked, and so that it is shown to
    /// no issuer when a client sends it as an access token.
    package static func refreshToken() -> String { "beam_rt_" + make() }

    /// 128 random bits in hexadecimal, for names: people type them, so none begins with a dash.
    package static func identifier() -> String {
        String(Digest.sha256Text(RandomBytes.make(count: 32)).prefix(32))
    }

    /// What is kept of a secret: its SHA-256, in hexadecimal.
    package static func digest(_ secret: String) -> String {
        Digest.sha256Text(Array(secret.utf8))
    }
}

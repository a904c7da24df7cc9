import Sealing

/// Proof keys for code exchange, of the one method that proves anything (RFC 7636, `S256`).
package enum PKCE {
    /// Whether a text can be a challenge of `S256`: the digest of 32 bytes in base64url.
    package static func isChallenge(_ text: String) -> Bool {
        text.utf8.count == 43 && Base64URL.decode(text.utf8)?.count == 32
    }

    /// Whether a text can be a verifier (RFC 7636 section 4.1).
    package static func isVerifier(_ text: String) -> Bool {
        (43...128).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: "-._~".utf8.contains(byte)
                }
            }
    }

    /// The challenge of a verifier.
    package static func challenge(of verifier: String) -> String {
        Base64URL.encode(Digest.sha256(Array(verifier.utf8)))
    }

    /// Whether a verifier is the one behind a challenge.
    package static func proves(_ verifier: String, _ challenge: String) -> Bool {
        isVerifier(verifier)
            && ConstantTime.areEqual(Array(self.challenge(of: verifier).utf8), Array(challenge.utf8))
    }
}

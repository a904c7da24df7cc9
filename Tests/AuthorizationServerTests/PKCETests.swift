import AuthorizationServer
import Testing

@Suite("Proof keys")
struct PKCETests {
    @Test func `the example of RFC 7636 appendix B holds`() {
        #expect(PKCE.challenge(of: Samples.verifier) == Samples.challenge)
        #expect(PKCE.proves(Samples.verifier, Samples.challenge))
    }

    @Test(arguments: [42, 43, 128, 129])
    func `a verifier has 43 to 128 characters`(_ length: Int) {
        let verifier = String(repeating: "a", count: length)
        #expect(PKCE.isVerifier(verifier) == (43...128).contains(length))
        #expect(PKCE.proves(verifier, PKCE.challenge(of: verifier)) == (43...128).contains(length))
    }

    @Test(arguments: ["+", "/", "=", " ", "é", "%"])
    func `a verifier has unreserved characters only`(_ other: String) {
        #expect(!PKCE.isVerifier(String(repeating: "a", count: 43) + other))
    }

    @Test(arguments: [
        "", "abc", String(repeating: "a", count: 44), String(repeating: "a", count: 42) + "=", Samples.verifier + "x",
        String(repeating: "a", count: 42) + "b",
    ])
    func `a challenge is a digest in base64url`(_ challenge: String) {
        #expect(!PKCE.isChallenge(challenge))
    }

    @Test func `another verifier, and the challenge itself, prove nothing`() {
        #expect(!PKCE.proves(Samples.challenge, Samples.challenge))
        #expect(!PKCE.proves(Samples.verifier + "a", Samples.challenge))
    }
}

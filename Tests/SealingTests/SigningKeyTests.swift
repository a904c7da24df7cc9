import Sealing
import Testing

@Suite("Signatures")
struct SigningKeyTests {
    private let key = SigningKey()
    private let message = Array("the exact bytes".utf8)

    @Test func `a signature is good for its key and its bytes alone`() throws {
        let signature = key.sign(message)
        #expect(signature.count == VerifyingKey.signatureBytes)
        #expect(key.verifyingKey.accepts(signature, of: message))
        #expect(!key.verifyingKey.accepts(signature, of: message + [0]))
        #expect(!SigningKey().verifyingKey.accepts(signature, of: message))
        for index in signature.indices {
            var changed = signature
            changed[index] ^= 1
            #expect(!key.verifyingKey.accepts(changed, of: message))
        }
        #expect(!key.verifyingKey.accepts(Array(signature.dropLast()), of: message))
        #expect(!key.verifyingKey.accepts([], of: message))
    }

    @Test func `keys come back from their texts`() throws {
        let again = try #require(SigningKey(text: key.text))
        #expect(again.verifyingKey == key.verifyingKey)
        let verifying = try #require(VerifyingKey(text: key.verifyingKey.text))
        #expect(verifying.id == key.verifyingKey.id)
        #expect(verifying.id.count == 16)
        #expect(verifying.accepts(again.sign(message), of: message))
    }

    @Test func `the test vector of the standard is accepted`() throws {
        // RFC 8032 section 7.1, test 2.
        let key = try #require(VerifyingKey(text: "ed25519:PUAXw-hDiVqStwqnTRt-vJyYLM8uxJaMwM1V8Sr0Zgw"))
        let signature = try #require(
            Base64URL.decode(
                Array("kqAJqfDUyrhyDoILX2QlQKKye1QWUD-Ps3YiI-vbadoIWsHkPhWZbkWPNhPQ8R2MOHsurrQwKu6wDSkWErsMAA".utf8)
            )
        )
        #expect(key.accepts(signature, of: [0x72]))
        #expect(!key.accepts(signature, of: [0x73]))
    }

    @Test(arguments: [
        "", "ed25519:", "ed25519:AAAA", "rsa:PUAXw-hDiVqStwqnTRt-vJyYLM8uxJaMwM1V8Sr0Zgw",
        "PUAXw-hDiVqStwqnTRt-vJyYLM8uxJaMwM1V8Sr0Zgw", "ed25519:PUAXw-hDiVqStwqnTRt-vJyYLM8uxJaMwM1V8Sr0Zgw=",
    ])
    func `what is no key is none`(_ text: String) {
        #expect(VerifyingKey(text: text) == nil)
        #expect(SigningKey(text: text) == nil)
    }

    @Test func `a secret key is not taken for a public one`() {
        #expect(VerifyingKey(text: key.text) == nil)
        #expect(SigningKey(text: key.verifyingKey.text) == nil)
    }
}

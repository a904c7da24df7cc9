import Sealing
import Testing

@Suite struct Base64URLTests {
    @Test(arguments: [
        ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("fooba", "Zm9vYmE"),
        ("foobar", "Zm9vYmFy"),
    ])
    func `writes and reads the vectors of RFC 4648`(plain: String, encoded: String) {
        #expect(Base64URL.encode(Array(plain.utf8)) == encoded)
        #expect(Base64URL.decode(encoded.utf8) == Array(plain.utf8))
    }

    @Test func `uses the alphabet for URLs`() {
        #expect(Base64URL.encode([0xFB, 0xFF, 0xFE]) == "-__-")
        #expect(Base64URL.decode("-__-".utf8) == [0xFB, 0xFF, 0xFE])
    }

    @Test(arguments: [
        "Zg==", "Zm8=", "Zm9v\n", " Zm9v", "Zm 9v", "+//+", "A", "Zm9vY", "Zh", "Zm9", "Zm9v.", "Zm9v\u{0}", "Zmé",
    ])
    func `refuses what it would not write`(text: String) {
        #expect(Base64URL.decode(text.utf8) == nil)
    }

    @Test func `gives back every length`() {
        for count in 0..<70 {
            let bytes = RandomBytes.make(count: count)
            #expect(Base64URL.decode(Base64URL.encode(bytes).utf8) == bytes)
        }
    }
}

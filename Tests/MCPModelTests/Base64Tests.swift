import MCPModel
import Testing

@Suite("Base64")
struct Base64Tests {
    @Test(arguments: ["", "f", "fo", "foo", "foob", "fooba", "foobar"])
    func `is read back`(text: String) {
        #expect(Base64.decoded(Base64.encoded(Array(text.utf8)).utf8) == Array(text.utf8))
    }

    @Test func `is that of RFC 4648 section 10`() {
        #expect(Base64.encoded(Array("fooba".utf8)) == "Zm9vYmE=")
        #expect(Base64.encoded([0xFB, 0xFF, 0xFE]) == "+//+")
    }
}

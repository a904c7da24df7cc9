import JSON
import Testing

@Suite("Numbers in one form")
struct CanonicalNumberTests {
    @Test(
        arguments: [
            ("0", "0"), ("-0.0", "0"), ("38512", "38512"), ("1e2", "100"), ("100.0", "100"), ("0.05", "0.05"),
            ("5E-2", "0.05"), ("-12.50", "-12.5"), ("1e20", "100000000000000000000"), ("1e21", "1e21"),
            ("1e-19", "0.0000000000000000001"), ("1e-21", "1e-21"),
            ("123456789012345678901234567890", "123456789012345678901234567890"),
        ] as [(String, String)]
    )
    func `all literals of a number become one`(literal: String, expected: String) throws {
        let node = try JSONDocument(parsing: Array(literal.utf8)).root
        #expect(node.canonicalNumber == expected)
    }

    @Test(arguments: ["\"1\"", "true", "null", "[1]"])
    func `nothing else is a number`(text: String) throws {
        #expect(try JSONDocument(parsing: Array(text.utf8)).root.canonicalNumber == nil)
    }
}

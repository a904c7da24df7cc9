import MCPModel
import Testing

@Suite("Text in header fields")
struct HeaderTextTests {
    @Test(arguments: [
        ("jobs", "jobs"),
        ("  jobs\t", "jobs"),
        ("", ""),
        (" \t ", ""),
        ("a b", "a b"),
        ("=?base64?am9icw==?=", "jobs"),
        (" =?base64?am9icw==?= ", "jobs"),
        ("=?base64??=", ""),
        ("=?base64?4oKs?=", "€"),
        ("=?BASE64?am9icw==?=", "=?BASE64?am9icw==?="),
        ("=?base64?am9icw==", "=?base64?am9icw=="),
        ("=?base64?=", "=?base64?="),
    ])
    func `is read`(field: String, text: String) {
        #expect(HeaderText.decoded(field) == text)
    }

    @Test(arguments: [
        "=?base64?am9icw?=", "=?base64?am9icw=?=", "=?base64?am9icx==?=", "=?base64?a===?=", "=?base64?====?=",
        "=?base64?am9i!w==?=", "=?base64?am9i_w==?=", "=?base64?am==icw=?=", "=?base64?gA==?=",
    ])
    func `is refused when badly encoded`(field: String) {
        #expect(HeaderText.decoded(field) == nil)
    }

    @Test(arguments: [
        ("jobs", "jobs"),
        ("a b", "a b"),
        (" a", "=?base64?IGE=?="),
        ("€", "=?base64?4oKs?="),
        ("a\nb", "=?base64?YQpi?="),
        ("=?base64?am9icw==?=", "=?base64?PT9iYXNlNjQ/YW05aWN3PT0/PQ==?="),
        ("", ""),
    ])
    func `is written so that it is read back`(text: String, field: String) {
        #expect(HeaderText.encoded(text) == field)
        #expect(HeaderText.decoded(field) == text)
    }
}

import PluginKit
import Testing

@Suite("Free text")
struct FreeTextTests {
    @Test(arguments: [
        ("plain\ttext\n", "plain\ttext\n"),
        ("\u{1B}[31mred\u{1B}[0m", "red"),
        ("a\u{202E}b\u{200B}c\u{FEFF}", "abc"),
        ("null\u{0}byte\u{7F}", "nullbyte"),
        ("tag\u{E0041}s", "tags"),
        ("\u{1B}[", ""),
    ])
    func `what could steer a reader or a terminal is removed`(text: String, expected: String) {
        #expect(CleanText.plain(text) == expected)
    }

    @Test func `a long text is cut where the limit is, and says so`() {
        #expect(CleanText.plain("abcd", limit: 4) == "abcd")
        #expect(CleanText.plain("abcde", limit: 4) == "abcd…")
    }

    @Test(arguments: [
        ("Authorization: Bearer abcdefghijklmnop", "[redacted]"),
        ("curl -H 'X-Rucio-Auth-Token: user-abc-123-def'", "curl -H '[redacted]'"),
        ("token eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln end", "token [redacted] end"),
        ("gt-AbCdEfGhIjKlMnOp.QrStUvWx", "[redacted]"),
        ("-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\nafter", "[redacted]\nafter"),
    ])
    func `credentials are taken out`(text: String, expected: String) {
        #expect(Redaction.redacted(text) == expected)
    }

    @Test(arguments: ["the bearer of bad news", "weight-bearing", "begin", "Bearer short", "monkeyJungle"])
    func `ordinary words stay`(text: String) {
        #expect(Redaction.redacted(text) == text)
    }

    @Test func `text made to be slow is not`() {
        let text = String(repeating: "bearer ", count: 40_000)
        #expect(Redaction.redacted(text) == text)
    }
}

import EPICTools
import JSON
import Testing

@Suite("TOML")
struct TOMLReaderTests {
    private func read(_ text: String) throws -> JSONValue { .object(try TOMLReader.read(text)) }

    @Test(
        arguments: [
            ("", "{}"), ("# nothing\n\n", "{}"), ("a = 1", #"{"a":1}"#), ("a=1\r\nb=2\n", #"{"a":1,"b":2}"#),
            ("a = \"x\\ty\\u00e9\\U0001F680\" # c", #"{"a":"x\tyé🚀"}"#), ("a = 'C:\\x'", #"{"a":"C:\\x"}"#),
            ("a.b.c = true\na.d = false", #"{"a":{"b":{"c":true},"d":false}}"#),
            ("\"a b\".'c' = 1", #"{"a b":{"c":1}}"#),
            ("1.2 = 3", #"{"1":{"2":3}}"#), ("a = [1, 2, # c\n  3,\n]", #"{"a":[1,2,3]}"#),
            ("a = {b = 1, c.d = 'x'}", #"{"a":{"b":1,"c":{"d":"x"}}}"#), ("a = {}", #"{"a":{}}"#),
            ("[a]\nb = 1\n[a.c]\nd = 2", #"{"a":{"b":1,"c":{"d":2}}}"#),
            ("[a.b]\nc = 1\n[a]\nd = 2", #"{"a":{"b":{"c":1},"d":2}}"#),
            ("[[a]]\nb = 1\n[[a]]\nb = 2\n[a.c]\nd = 3", #"{"a":[{"b":1},{"b":2,"c":{"d":3}}]}"#),
            ("a = +1_000\nb = -0x_", nil), ("a = 0xff\nb = 0o17\nc = 0b11", #"{"a":255,"b":15,"c":3}"#),
            ("a = 1_000\nb = -17\nc = +3", #"{"a":1000,"b":-17,"c":3}"#),
            ("a = 6.5e-2\nb = 1e3\nc = -0.5", #"{"a":0.065,"b":1000.0,"c":-0.5}"#),
            ("a = 2026-11-29", #"{"a":"2026-11-29"}"#), ("a = 2026-11-29T01:02:03Z", #"{"a":"2026-11-29T01:02:03Z"}"#),
            ("a = 2026-11-29 01:02:03\n", #"{"a":"2026-11-29 01:02:03"}"#), ("a = 01:02:03", #"{"a":"01:02:03"}"#),
            ("a = \"\"\"\nx\n\"y\" \\\n   z\"\"\"", #"{"a":"x\n\"y\" z"}"#), ("a = '''\nx'y\n'''", #"{"a":"x'y\n"}"#),
            ("a = \"\"", #"{"a":""}"#), ("a = ''", #"{"a":""}"#),
        ] as [(String, String?)]
    )
    func `reads what is TOML`(text: String, expected: String?) throws {
        guard let expected else {
            #expect(throws: TOMLFault.self) { try read(text) }
            return
        }
        #expect(try read(text) == JSONValue(parsing: expected))
    }

    @Test(
        arguments: [
            ("a", 1), ("a =", 1), ("a = 1 b = 2", 1), ("a = 1\na = 2", 2), ("a = 1\n[a]", 2), ("[a]\n[a]", 2),
            ("a.b = 1\n[a]", 2), ("[a.b]\n[a]\nb.c = 1", 3), ("a = {b = 1}\n[a.c]", 2), ("a = {b = 1}\na.c = 2", 2),
            ("[[a]]\n[a]", 2), ("a = [1]\n[[a]]", 2), ("[a", 1), ("[[a]", 1), ("[]", 1), ("= 1", 1), ("a..b = 1", 1),
            ("a = \"x", 1), ("a = \"x\ny\"", 1), ("a = 'x", 1), ("a = \"\\q\"", 1), ("a = \"\\uD800\"", 1),
            ("a = \"\\u12\"", 1), ("a = 01", 1), ("a = 1__0", 1), ("a = _1", 1), ("a = 1_", 1), ("a = 1.", 1),
            ("a = .5", 1), ("a = 0x", 1), ("a = 0xg", 1), ("a = nan", 1), ("a = inf", 1), ("a = yes", 1),
            ("a = 2026-13-01", 1), ("a = 25:00:00", 1), ("a = [1, 2", 1), ("a = [1 2]", 1), ("a = {b = 1,}", 1),
            ("a = {b = 1\n}", 1), ("a = \u{0}", 1), ("# \u{1}", 1), ("a = \"\u{7F}\"", 1), ("ä = 1", 1),
            ("a = 9223372036854775808", 1),
            ("\n\n\na = ?", 4), ("a = \"\"\"x", 1), ("a = '''x", 1),
        ]
    )
    func `refuses what is not, and says where`(text: String, line: Int) {
        let fault = #expect(throws: TOMLFault.self) { try read(text) }
        #expect(fault?.line == line, "\(fault?.description ?? "")")
    }

    @Test(arguments: [(16, true), (17, false)])
    func `values lie no deeper than allowed`(depth: Int, isRead: Bool) {
        let text = "a = " + String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        #expect(((try? read(text)) != nil) == isRead)
    }

    @Test(arguments: [(16, true), (17, false)])
    func `keys have no more parts than allowed`(parts: Int, isRead: Bool) {
        let text = Array(repeating: "a", count: parts).joined(separator: ".") + " = 1"
        #expect(((try? read(text)) != nil) == isRead)
    }

    @Test(arguments: [(1999, true), (2000, false)])
    func `a document has no more entries than allowed`(keys: Int, isRead: Bool) {
        let text = "[a]\n" + (0..<keys).map { "k\($0) = 1\n" }.joined()
        #expect(((try? TOMLReader.read(text)) != nil) == isRead)
    }

    @Test func `whatever is changed in a document, it is read or refused`() {
        let document = Array(
            """
            # A testbed
            [testbed]
            namespace = "ea\\u00e9st"
            [[a.b]]
            c = {d = [1, 2.5e3, 'x'], e.f = 2026-11-29 01:02:03}
            [[a.b]]
            g = \"\"\"x \\
              y\"\"\"

            """.utf8
        )
        for position in document.indices {
            for byte in Array("\"'[]{}=.,#\\\n\r\0a0-+".utf8) + [0xC3, 0xFF] {
                var changed = document
                changed[position] = byte
                _ = try? TOMLReader.read(String(decoding: changed, as: UTF8.self))
            }
            _ = try? TOMLReader.read(String(decoding: document[..<position], as: UTF8.self))
        }
        #expect((try? TOMLReader.read(String(decoding: document, as: UTF8.self))) != nil)
    }
}

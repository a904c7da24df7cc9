import JSON
import Testing

/// Patterns, seen through the keyword.
struct SchemaPatternTests {
    @Test(
        arguments: [
            ("a+", "xxaa", true), ("^a+$", "aab", false), ("^(a|b|c\\d){40}$", "c1A", false),
            ("^(ab?|\\bz){30}[^x]*\\B$", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaabab", false),
            ("(a?){40}(b|é){3,40}$", "aaébé", true), ("^(ab|cd){2}$", "abcd", true), ("^(ab|cd){2}$", "ab", false),
            ("^a{2,3}$", "aaa", true), ("^a{2,3}$", "aaaa", false), ("^a{2,}$", "aaaa", true), ("^.$", "\n", false),
            ("^.$", "😀", true), ("^[^a-c]$", "d", true), ("^[^a-c]$", "b", false), ("^\\d{4}-\\d\\d$", "2026-01", true),
            ("^\\d$", "٣", false), ("^\\w+$", "a_1", true), ("^\\W$", "é", true), ("^\\s$", "\u{FEFF}", true),
            ("\\bcat\\b", "a cat.", true), ("\\bcat\\b", "concat", false), ("^\\p{L}+$", "héλ", true),
            ("^\\p{Lu}$", "a", false),
            ("^\\P{L}$", "1", true), ("^[\\p{Nd}_]+$", "1_٣", true), ("^[^\\p{L}]$", "x", false),
            ("^[\\D]$", "5", false),
            ("^\\u0041\\x42\\u{43}$", "ABC", true), ("^\\ud83d\\ude00$", "😀", true), ("^(?:a|(?<n>b))$", "b", true),
            ("^[a\\-z]$", "-", true), ("^[a-]$", "-", true), ("^a?b*?c+?$", "cc", true), ("^$", "", true),
            ("", "x", true),
            ("^(|a)b$", "b", true), ("a|^b", "xb", false), ("^\\/\\.\\*$", "/.*", true), ("^[\\b]$", "\u{8}", true),
        ] as [(String, String, Bool)]
    )
    func `matches as ECMA-262 says`(pattern: String, text: String, matches: Bool) throws {
        let schema = try JSONSchema(compiling: ["pattern": .string(pattern)])
        let root = try JSONDocument(parsing: JSONValue.string(text).serialized).root
        #expect(schema.violations(in: root).isEmpty == matches)
    }

    @Test(arguments: [
        "a**", "*a", "a{3,2}", "a{", "[b-a]", "[", "\\", "\\e", "\\p{Nonsense}", "a)", "(?<!a)", "(?!a)", "\\k<n>", "{",
        "]", "^*",
        "\\u12", "(", "[\\d-a]",
    ])
    func `refuses what is malformed or not supported`(pattern: String) {
        #expect(throws: JSONSchemaError.self) { try JSONSchema(compiling: ["pattern": .string(pattern)]) }
    }
}

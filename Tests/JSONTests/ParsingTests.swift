import JSON
import Testing

struct ParsingTests {
    @Test(
        arguments: [
            ("null", JSONValue.null), ("true", true), (" false ", false), ("0", 0), ("-0", 0), ("42", 42), ("1.5", 1.5),
            ("-1e3", -1000.0), ("\"\"", ""), ("\"a\\u0062\\n\"", "ab\n"), ("\"\\ud83d\\ude00\"", "😀"), ("[]", []),
            ("{}", [:]), ("[1,[2,{}]]", [1, [2, [:]]]), ("{\"a\":{\"b\":[true]}}", ["a": ["b": [true]]]),
        ] as [(String, JSONValue)]
    )
    func `reads values`(text: String, value: JSONValue) throws {
        #expect(try JSONValue(parsing: text) == value)
    }

    @Test(
        arguments: [
            ("", JSONParseError(.unexpectedEnd, at: 0)), ("  ", JSONParseError(.unexpectedEnd, at: 2)),
            ("[1,", JSONParseError(.unexpectedEnd, at: 3)), ("{\"a\"", JSONParseError(.unexpectedEnd, at: 4)),
            ("[1 2]", JSONParseError(.unexpectedByte(UInt8(ascii: "2")), at: 3)),
            ("[1,]", JSONParseError(.unexpectedByte(UInt8(ascii: "]")), at: 3)),
            ("{a:1}", JSONParseError(.unexpectedByte(UInt8(ascii: "a")), at: 1)),
            ("tru!", JSONParseError(.unexpectedByte(UInt8(ascii: "!")), at: 3)),
            ("01", JSONParseError(.invalidNumber, at: 0)), ("[-]", JSONParseError(.invalidNumber, at: 1)),
            ("1.", JSONParseError(.invalidNumber, at: 0)), ("\"\\x\"", JSONParseError(.invalidEscape, at: 1)),
            ("\"\\udc00\"", JSONParseError(.invalidEscape, at: 1)),
            ("\"a\u{1}\"", JSONParseError(.controlCharacter, at: 2)), ("1 2", JSONParseError(.trailingBytes, at: 2)),
        ] as [(String, JSONParseError)]
    )
    func `says what is wrong and where`(text: String, error: JSONParseError) {
        #expect(throws: error) { try JSONDocument(parsing: Array(text.utf8)) }
    }

    @Test func `refuses bytes that are not UTF-8`() {
        #expect(throws: JSONParseError(.invalidUTF8, at: 2)) { try JSONDocument(parsing: [0x22, 0x61, 0xFF, 0x22]) }
    }

    @Test func `refuses half of a surrogate pair`() {
        #expect(throws: JSONParseError.self) { try JSONValue(parsing: "\"\\ud800\"") }
        #expect(throws: JSONParseError(.invalidEscape, at: 1)) { try JSONValue(parsing: "\"\\ud800\\u0041\"") }
    }

    @Test(arguments: ["{\"a\":1,\"a\":2}", "{\"a\":1,\"\\u0061\":2}", "{\"\\u0061\":1,\"b\":0,\"a\":2}"])
    func `refuses a name given twice however it is written`(text: String) throws {
        let error = #expect(throws: JSONParseError.self) { try JSONValue(parsing: text) }
        #expect(error?.kind == .duplicateName("a"))
        let tolerant = JSONLimits(refusesDuplicateNames: false)
        let root = try JSONDocument(parsing: Array(text.utf8), limits: tolerant).root
        #expect(root["a"]?.integer == 2)
        #expect(root.value["a"] == 2)
    }

    @Test func `finds a name given twice among many`() {
        let members = (0..<40).map { "\"m\($0)\":\($0)" } + ["\"m7\":0"]
        let text = "{\(members.joined(separator: ","))}"
        let error = #expect(throws: JSONParseError.self) { try JSONValue(parsing: text) }
        #expect(error?.kind == .duplicateName("m7"))
    }

    @Test func `keeps names apart that differ only in normalization`() throws {
        let value = try JSONValue(parsing: "{\"\u{e9}\":1,\"e\u{301}\":2}")
        #expect(value.object?.count == 2)
        #expect(value["\u{e9}"] == 1)
        #expect(value["e\u{301}"] == 2)
    }

    @Test(
        arguments: [
            ("9223372036854775807", JSONValue.integer(.max)), ("-9223372036854775808", .integer(.min)),
            ("9223372036854775808", .decimal("9223372036854775808")), ("1e400", .decimal("1e400")),
            ("123456789012345678901234567890", .decimal("123456789012345678901234567890")),
        ] as [(String, JSONValue)]
    )
    func `keeps numbers exact`(text: String, value: JSONValue) throws {
        let read = try JSONValue(parsing: text)
        #expect(read == value)
        #expect(String(decoding: read.serialized, as: UTF8.self) == text)
    }

    @Test(
        arguments: [
            ("3.0", 3), ("1e3", 1000), ("9007199254740993.0", 9_007_199_254_740_993), ("1.5", nil), ("1e30", nil),
            ("\"3\"", nil), ("-0.0", 0),
        ] as [(String, Int?)]
    )
    func `reads integers however they are written`(text: String, value: Int?) throws {
        #expect(try JSONDocument(parsing: Array(text.utf8)).root.integer == value)
    }

    @Test func `gives the bytes and places of parts`() throws {
        let root = try JSONDocument(parsing: Array(" {\"a\" : [1, {\"b\":null}]}".utf8)).root
        let inner = try #require(root["a"]?.elements.map(\.self).last)
        #expect(String(decoding: inner.bytes, as: UTF8.self) == "{\"b\":null}")
        #expect(inner.offset == 12)
        #expect(inner["b"]?.isNull == true)
        #expect(inner["c"] == nil)
    }

    @Test func `reads a slice that does not begin at zero`() throws {
        let bytes = Array("xx{\"a\":\"b\"}yy".utf8)
        let root = try JSONDocument(parsing: bytes[2..<bytes.count - 2]).root
        #expect(root["a"]?.string == "b")
    }
}

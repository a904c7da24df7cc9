import JSON
import Testing

struct WriterTests {
    private func text(_ value: JSONValue) -> String {
        String(decoding: value.serialized, as: UTF8.self)
    }

    @Test(
        arguments: [
            ("plain", "\"plain\""), ("\"\\/", "\"\\\"\\\\/\""), ("\u{8}\u{9}\u{A}\u{C}\u{D}", "\"\\b\\t\\n\\f\\r\""),
            ("\u{0}\u{1F}", "\"\\u0000\\u001f\""), ("\u{7F}é😀\u{2028}", "\"\u{7F}é😀\u{2028}\""),
        ] as [(String, String)]
    )
    func `escapes what must be escaped and nothing else`(string: String, expected: String) throws {
        #expect(text(.string(string)) == expected)
        #expect(try JSONValue(parsing: expected) == .string(string))
    }

    @Test(
        arguments: [
            (JSONValue.integer(.min), "-9223372036854775808"), (.integer(0), "0"), (.double(1.5), "1.5"),
            (.double(3), "3"), (.double(1e21), "1e+21"), (.double(.nan), "null"), (.double(-.infinity), "null"),
            (.double(0.1), "0.1"), (.decimal("1e400"), "1e400"),
        ] as [(JSONValue, String)]
    )
    func `writes numbers`(value: JSONValue, expected: String) {
        #expect(text(value) == expected)
    }

    @Test func `sets commas between members and elements`() {
        var writer = JSONWriter()
        writer.beginObject()
        writer.name("a")
        writer.beginArray()
        writer.write(1)
        writer.beginObject()
        writer.endObject()
        writer.writeNull()
        writer.endArray()
        writer.name("b")
        writer.writeRaw(Array("[true]".utf8))
        writer.name("c")
        writer.write(false)
        writer.endObject()
        #expect(String(decoding: writer.bytes, as: UTF8.self) == #"{"a":[1,{},null],"b":[true],"c":false}"#)
    }

    @Test func `escapes a text so that it comes back byte for byte`() throws {
        let inner = JSONValue.object(JSONObject(members: [.init(name: "k\"", value: ["\u{1}\n\\", "é", 1.25])]))
            .serialized
        var writer = JSONWriter()
        writer.writeString(utf8: inner[...])
        let outer = try JSONValue(parsing: writer.bytes)
        #expect(Array(try #require(outer.string).utf8) == inner)
    }

    @Test func `keeps members in their order and replaces in place`() {
        var object = JSONObject(members: [.init(name: "z", value: 1), .init(name: "a", value: 2)])
        object["z"] = 3
        object["m"] = nil
        object["n"] = 4
        object["a"] = nil
        #expect(text(.object(object)) == #"{"z":3,"n":4}"#)
    }

    @Test func `finds members among many`() {
        var object = JSONObject(members: (0..<100).map { .init(name: "n\($0)", value: .integer($0)) })
        object["n50"] = nil
        #expect(object["n99"] == 99)
        #expect(object["n50"] == nil)
        #expect(object.count == 99)
    }

    @Test func `writes a pointer with its escapes`() {
        #expect(JSONPath().appending("a/b~").appending(3).description == "/a~1b~0/3")
        #expect(JSONPath().description.isEmpty)
    }
}

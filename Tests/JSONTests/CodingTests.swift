import Foundation
import JSON
import Testing

struct CodingTests {
    enum Status: String, Codable {
        case done, failed
    }

    struct Row: Codable, Equatable {
        var id: Int
        var name: String
        var status: Status?
        var ratio: Double?
        var tags: [String]?
        var limits: [String: UInt64]?
        var extra: JSONValue?
        var next: [Row]?
    }

    private func decode<T: Decodable>(_ type: T.Type, _ text: String) throws -> T {
        try JSONNodeDecoder().decode(type, from: try JSONDocument(parsing: Array(text.utf8)).root)
    }

    private func encode(_ value: some Encodable) throws -> String {
        String(decoding: try JSONBytesEncoder().encode(value), as: UTF8.self)
    }

    private static let full = Row(
        id: 1,
        name: "é\"",
        status: .failed,
        ratio: 0.25,
        tags: ["a", "b"],
        limits: ["b": .max, "a": 0],
        extra: ["x": [1, nil]],
        next: [Row(id: 2, name: "")]
    )

    @Test func `writes members in their order and leaves out what is nil`() throws {
        let expected =
            #"{"id":1,"name":"é\"","status":"failed","ratio":0.25,"tags":["a","b"],"#
            + #""limits":{"a":0,"b":18446744073709551615},"extra":{"x":[1,null]},"next":[{"id":2,"name":""}]}"#
        #expect(try encode(Self.full) == expected)
    }

    @Test func `reads what it wrote`() throws {
        #expect(try decode(Row.self, try encode(Self.full)) == Self.full)
    }

    @Test func `reads members in any order and passes over others`() throws {
        let row = try decode(Row.self, #"{"new":[{}],"name":"n","ratio":null,"status":null,"id":3.0}"#)
        #expect(row == Row(id: 3, name: "n"))
    }

    @Test(
        arguments: [
            (#"{"name":"n"}"#, "", #"needs the member "id""#),
            (#"{"id":"1","name":"n"}"#, "/id", "must be an integer, is a string"),
            (#"{"id":1.5,"name":"n"}"#, "/id", "must be an integer, is a number with a fraction"),
            (#"{"id":9223372036854775808,"name":"n"}"#, "/id", "is a number out of range"),
            (#"{"id":null,"name":"n"}"#, "/id", "must be an integer, is null"),
            (#"{"id":1,"name":"n","status":"secret"}"#, "/status", "is not one of the accepted values"),
            (#"{"id":1,"name":"n","tags":["a",true]}"#, "/tags/1", "must be a string, is a boolean"),
            (#"{"id":1,"name":"n","limits":{"a/b":-1}}"#, "/limits/a~1b", "is a number out of range"),
            (#"{"id":1,"name":"n","next":[{"id":2,"name":"m"},[]]}"#, "/next/1", "must be an object, is an array"),
            (#"{"id":1,"name":"n","next":{}}"#, "/next", "must be an array, is an object"),
            ("3", "", "must be an object, is an integer"),
        ] as [(String, String, String)]
    )
    func `says what does not fit and where`(text: String, path: String, message: String) {
        let error = #expect(throws: JSONDecodingError.self) { try decode(Row.self, text) }
        #expect(error?.path.description == path)
        #expect(error?.message == message)
    }

    @Test func `holds integers to their type`() throws {
        #expect(try decode([Int8].self, "[-128,127,1e2]") == [-128, 127, 100])
        #expect(throws: JSONDecodingError.self) { try decode(Int8.self, "128") }
        #expect(throws: JSONDecodingError.self) { try decode(UInt.self, "-1") }
        #expect(try decode(UInt64.self, "18446744073709551615") == .max)
        #expect(throws: JSONDecodingError.self) { try decode(UInt64.self, "18446744073709551616") }
        #expect(throws: JSONDecodingError.self) { try decode(Double.self, "1e400") }
        #expect(try decode([Int?].self, "[1,null]") == [1, nil])
    }

    @Test func `gives places relative to the node asked for`() throws {
        let root = try JSONDocument(parsing: Array(#"{"a":{"id":1,"name":2}}"#.utf8)).root
        let node = try #require(root["a"])
        let error = #expect(throws: JSONDecodingError.self) { try JSONNodeDecoder().decode(Row.self, from: node) }
        #expect(error?.path.description == "/name")
    }

    @Test func `refuses numbers that JSON does not have`() {
        let error = #expect(throws: JSONEncodingError.self) {
            try JSONBytesEncoder().encode(["a": [1, Double.infinity]])
        }
        #expect(error?.path.description == "/a/1")
    }

    @Test func `writes scalars and trees at the root`() throws {
        #expect(try encode(3) == "3")
        #expect(try encode(Optional<Int>.none) == "null")
        #expect(try encode(Float(0.1)) == "0.1")
        #expect(try encode(JSONValue.array([.null, "x"])) == #"[null,"x"]"#)
        #expect(try encode([JSONObject(members: [.init(name: "a", value: 1)])]) == #"[{"a":1}]"#)
        #expect(try encode([[Int]]()) == "[]")
        #expect(try decode(JSONObject.self, #"{"a":1}"#)["a"] == 1)
    }

    struct Nothing: Codable {
        func encode(to encoder: any Encoder) {}
        init() {}
        init(from decoder: any Decoder) {}
    }

    @Test func `passes trees through other coders`() throws {
        let tree: JSONValue = ["a": [1, 2.5, "x", true, nil, [:], []], "b": ["c": -1]]
        let data = try JSONEncoder().encode(tree)
        #expect(try JSONValue(parsing: Array(data)) == tree)
        #expect(try JSONDecoder().decode(JSONValue.self, from: data) == tree)
    }

    @Test func `writes a type that encodes nothing as an empty object`() throws {
        #expect(try encode(["a": Nothing()]) == #"{"a":{}}"#)
    }

    /// Encodes two parts into one object, and a nested container between members.
    struct Composed: Encodable {
        enum Key: String, CodingKey {
            case kind, body, list, end
        }

        let row: Row

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Key.self)
            try container.encode("row", forKey: .kind)
            try row.encode(to: encoder)
            var body = container.nestedContainer(keyedBy: Key.self, forKey: .body)
            try body.encode(1, forKey: .kind)
            var list = container.nestedUnkeyedContainer(forKey: .list)
            try list.encode(2)
            try container.encodeNil(forKey: .end)
        }
    }

    @Test func `joins what one type encodes in parts`() throws {
        let expected = #"{"kind":"row","id":1,"name":"n","body":{"kind":1},"list":[2],"end":null}"#
        #expect(try encode(Composed(row: Row(id: 1, name: "n"))) == expected)
    }

    /// Goes back to a container that was closed by writing outside of it.
    struct Disordered: Encodable {
        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Composed.Key.self)
            var body = container.nestedContainer(keyedBy: Composed.Key.self, forKey: .body)
            try container.encode(1, forKey: .end)
            try body.encode(1, forKey: .kind)
        }
    }

    @Test func `refuses what cannot be written in order`() {
        #expect(throws: JSONEncodingError.self) { try encode(Disordered()) }
    }
}

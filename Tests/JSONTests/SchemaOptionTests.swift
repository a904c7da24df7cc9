import JSON
import Testing

struct SchemaOptionTests {
    private func isValid(_ schema: JSONValue, _ text: String, _ options: JSONSchema.Options) throws -> Bool {
        let root = try JSONDocument(parsing: Array(text.utf8)).root
        return try JSONSchema(compiling: schema, options: options).violations(in: root).isEmpty
    }

    @Test(
        arguments: [
            (#"{"type":"object"}"#, false), ("{}", false), (#"{"additionalProperties":true}"#, true),
            (#"{"properties":{"x":true}}"#, true), (#"{"patternProperties":{"^x$":true}}"#, true),
            (#"{"allOf":[{"properties":{"x":true}}]}"#, true),
            (##"{"$ref":"#/$defs/a","$defs":{"a":{"required":["x"]}}}"##, true),
            (#"{"unevaluatedProperties":{"type":"integer"}}"#, true),
            (#"{"anyOf":[{"properties":{"y":true}}]}"#, false),
            ("true", true),
        ] as [(String, Bool)]
    )
    func `closes the root unless the schema says otherwise`(schema: String, accepts: Bool) throws {
        let schema = try JSONValue(parsing: schema)
        #expect(try isValid(schema, #"{"x":1}"#, .toolInput) == accepts)
        #expect(try isValid(schema, #"{"x":1}"#, JSONSchema.Options()))
    }

    @Test func `closes only the root`() throws {
        #expect(try isValid(["properties": ["x": ["type": "object"]]], #"{"x":{"y":1}}"#, .toolInput))
    }

    private static let nested: JSONValue = [
        "type": "object",
        "properties": [
            "a": ["type": "string"], "b": ["type": ["string", "null"]], "r": ["type": "string"],
            "o": ["type": "object", "properties": ["i": ["$ref": "#/$defs/count"]], "maxProperties": 1],
        ],
        "required": ["r"],
        "dependentRequired": ["a": ["z"]],
        "$defs": ["count": ["anyOf": [["type": "integer"], ["type": "string"]]]],
    ]

    @Test(
        arguments: [
            (#"{"r":"x","a":null}"#, true), (#"{"r":"x","b":null}"#, true), (#"{"r":null}"#, false),
            (#"{"r":"x","o":{"i":null}}"#, true), (#"{"r":"x","o":{"i":null,"k":1}}"#, true),
            (#"{"r":"x","o":null}"#, true),
            (#"{"r":"x","unknown":null}"#, false), (#"{"r":"x","a":"y"}"#, false),
        ] as [(String, Bool)]
    )
    func `counts null as absent where null is refused`(text: String, isAccepted: Bool) throws {
        #expect(try isValid(Self.nested, text, .toolInput) == isAccepted)
    }

    @Test func `refuses null by default`() throws {
        #expect(try !isValid(Self.nested, #"{"r":"x","a":null}"#, JSONSchema.Options()))
    }

    @Test func `treats an absent null as absent in conditions`() throws {
        let schema: JSONValue = [
            "properties": ["a": ["type": "string"]], "if": ["required": ["a"]], "then": ["required": ["b"]],
        ]
        let options = JSONSchema.Options(nullCountsAsAbsent: true)
        #expect(try isValid(schema, #"{"a":null}"#, options))
        #expect(try !isValid(schema, #"{"a":"x"}"#, options))
    }
}

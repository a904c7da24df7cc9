import JSON
import Testing

struct SchemaCompilationTests {
    @Test(
        arguments: [
            ("3", "", "must be a schema: an object, true or false"),
            (#"{"properties":{"a":"string"}}"#, "/properties/a", "must be a schema: an object, true or false"),
            (#"{"type":"strnig"}"#, "/type", "names a type that does not exist"),
            (#"{"minLength":-1}"#, "/minLength", "must be an integer that is not negative"),
            (#"{"multipleOf":0}"#, "/multipleOf", "must be greater than 0 and have at most 19 digits"),
            (#"{"items":[{}]}"#, "/items", "must be one schema; the list of earlier drafts is now prefixItems"),
            (##"{"$ref":"#/$defs/none"}"##, "/$ref", ##"refers to "#/$defs/none", which does not exist"##),
            (
                #"{"$ref":"https://example.org/s"}"#, "/$ref",
                #"refers to "https://example.org/s", which is not in this schema; nothing is fetched, put it under $defs"#
            ),
            (##"{"$ref":"#"}"##, "", "refers to itself without end"),
            (##"{"allOf":[{"$ref":"#/allOf/0"}]}"##, "/allOf/0", "refers to itself without end"),
            (
                #"{"$schema":"http://json-schema.org/draft-07/schema#"}"#, "/$schema",
                "names a dialect that is not understood; use https://json-schema.org/draft/2020-12/schema"
            ),
            (#"{"$defs":{"a":{"$id":"x"},"b":{"$id":"x"}}}"#, "/$defs/b/$id", "is given to two schemas"),
            (#"{"pattern":"("}"#, "/pattern", "is a pattern that has a group without an end"),
            (#"{"pattern":"(?=a)"}"#, "/pattern", "is a pattern that uses lookaround, which is not supported"),
            (#"{"pattern":"(a)\\1"}"#, "/pattern", "is a pattern that uses a backreference, which is not supported"),
            (
                #"{"pattern":"(a{1000}){1000}"}"#, "/pattern",
                "is a pattern that is too large; lower its repetition counts"
            ),
            (
                #"{"patternProperties":{"[":true}}"#, "/patternProperties/[",
                "is a pattern that has a bracket without an end"
            ),
        ] as [(String, String, String)]
    )
    func `refuses what it cannot check, and says where`(schema: String, path: String, message: String) throws {
        let value = try JSONValue(parsing: schema)
        let error = #expect(throws: JSONSchemaError.self) { try JSONSchema(compiling: value) }
        #expect(error?.path.description == path)
        #expect(error?.message == message)
    }

    @Test func `passes over definitions that nothing refers to`() throws {
        let value = try JSONValue(parsing: #"{"$defs":{"a":{"pattern":"("}}}"#)
        _ = try JSONSchema(compiling: value)
    }

    @Test func `refers to the meta-schema without fetching it`() throws {
        let schema = try JSONSchema(compiling: ["$ref": "https://json-schema.org/draft/2020-12/schema"])
        let good = try JSONDocument(parsing: Array(#"{"properties":{"a":{"type":"string"}}}"#.utf8)).root
        let bad = try JSONDocument(parsing: Array(#"{"properties":{"a":{"minLength":-1}}}"#.utf8)).root
        #expect(schema.violations(in: good).isEmpty)
        #expect(schema.violations(in: bad).map(\.path.description) == ["/properties/a/minLength"])
    }

    @Test func `follows a schema into itself`() throws {
        let schema = try JSONSchema(compiling: ["properties": ["next": ["$ref": "#"]], "additionalProperties": false])
        let root = try JSONDocument(parsing: Array(#"{"next":{"next":{"last":1}}}"#.utf8)).root
        #expect(schema.violations(in: root).map(\.path.description) == ["/next/next"])
    }
}

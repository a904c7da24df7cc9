import JSON
import PluginKit
import Testing

@Suite struct SchemaOutlineTests {
    private static let schema = Schema.object(
        [
            .required("items", .array(of: .object([.required("id", .integer())]), "The records.")),
            .required("count", .integer("How many.", minimum: 0)),
            .required("kind", .choice(["a", "b"])),
            .optional("hint", .string()),
        ],
        "A list."
    )

    @Test func `keeps the members that are always there, and their types`() {
        #expect(
            Self.schema.outline.document == [
                "type": "object",
                "properties": [
                    "items": ["type": "array"], "count": ["type": "integer"], "kind": ["type": "string"],
                ],
            ]
        )
    }

    @Test func `takes what the schema takes, and refuses other types`() throws {
        let outline = try JSONSchema(compiling: Self.schema.outline.document)
        for (text, fits) in [
            (#"{"items":[{"id":1}],"count":1,"kind":"a","hint":"x"}"#, true), (#"{"error":"no"}"#, true),
            (#"{"items":{}}"#, false), (#"{"count":"1"}"#, false), ("[]", false),
        ] {
            let document = try JSONDocument(parsing: Array(text.utf8))
            #expect(outline.violations(in: document.root).isEmpty == fits, "\(text)")
        }
    }

    @Test func `leaves anything but an object with members as it is`() {
        for schema in [Schema.string("text"), .dictionary(of: .integer()), .array(of: .integer())] {
            #expect(schema.outline == schema)
        }
    }

    @Test func `changes nothing else of a tool`() {
        let tool = ToolDescription(
            name: "list",
            title: "List",
            summary: "Lists.",
            input: .object([.required("id", .integer("The id."))]),
            output: Self.schema,
            effect: .writes(isIdempotent: true),
            metadata: ["a": 1],
            timeoutMilliseconds: 7
        )
        let outlined = tool.outlined
        #expect(outlined.output == Self.schema.outline)
        #expect((outlined.name, outlined.title, outlined.summary) == ("list", "List", "Lists."))
        #expect(outlined.input == tool.input && outlined.effect == tool.effect)
        #expect(outlined.metadata == ["a": 1] && outlined.timeoutMilliseconds == 7)
        #expect(outlined.outlined == outlined)
    }
}

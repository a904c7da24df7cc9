import JSON
import Testing

struct SchemaMessageTests {
    private static let tool: JSONValue = [
        "type": "object",
        "properties": [
            "task_id": ["type": "integer", "minimum": 1],
            "limit": ["type": "integer", "maximum": 200],
            "status": ["enum": ["failed", "finished", nil]],
            "site": ["type": ["string", "null"], "pattern": "^[A-Z_]+$", "maxLength": 8],
            "tags": ["type": "array", "items": ["type": "string"], "uniqueItems": true, "maxItems": 2],
            "window": [
                "type": "object", "properties": ["start": ["type": "string"]], "required": ["start"],
                "additionalProperties": false,
            ],
        ],
        "required": ["task_id"],
    ]

    private func faults(
        _ schema: JSONValue,
        _ text: String,
        _ options: JSONSchema.Options = .toolInput
    ) throws -> [String] {
        let root = try JSONDocument(parsing: Array(text.utf8)).root
        return try JSONSchema(compiling: schema, options: options).violations(in: root).map {
            "\($0.path): \($0.message)"
        }
    }

    @Test(
        arguments: [
            (#"{"task_id":1}"#, []),
            (#"{}"#, ["/task_id: is required"]),
            (#"{"task_id":"1"}"#, ["/task_id: must be an integer, is a string"]),
            (#"{"task_id":0}"#, ["/task_id: must be at least 1"]),
            (#"{"task_id":1.5}"#, ["/task_id: must be an integer, is a number"]),
            (#"{"task_id":1e0}"#, []),
            (#"{"task_id":1,"limit":201}"#, ["/limit: must be at most 200"]),
            (#"{"task_id":1,"status":"done"}"#, [#"/status: must be one of "failed", "finished", null"#]),
            (#"{"task_id":1,"site":"cern"}"#, ["/site: must match the pattern ^[A-Z_]+$"]),
            (#"{"task_id":1,"site":"ABCDEFGHI"}"#, ["/site: must have at most 8 characters, has 9"]),
            (#"{"task_id":1,"site":7}"#, ["/site: must be a string or null, is an integer"]),
            (
                #"{"task_id":1,"tags":["a","a"]}"#,
                ["/tags: must not hold a value twice; element 1 repeats an earlier one"]
            ),
            (#"{"task_id":1,"tags":["a","b","c"]}"#, ["/tags: must have at most 2 elements, has 3"]),
            (
                #"{"task_id":1,"window":{"strat":"x"}}"#,
                [#"/window: unknown member "strat"; did you mean "start"?"#, "/window/start: is required"]
            ),
            ("[]", [": must be an object, is an array"]),
        ] as [(String, [String])]
    )
    func `says what is wrong and what would be right`(text: String, expected: [String]) throws {
        #expect(try faults(Self.tool, text) == expected)
    }

    @Test(
        arguments: [
            ("taskId", "task_id"), ("TASK_ID", "task_id"), ("task-id", "task_id"), ("tsak_id", "task_id"),
            ("limt", "limit"),
            ("colour", nil), ("x", nil), ("", nil),
        ] as [(String, String?)]
    )
    func `names the nearest argument when it is near`(name: String, nearest: String?) throws {
        let expected = ": unknown argument \"\(name)\"" + (nearest.map { "; did you mean \"\($0)\"?" } ?? "")
        #expect(try faults(Self.tool, "{\"task_id\":1,\"\(name)\":1}") == [expected])
    }

    @Test func `cuts names and echoes no control characters`() throws {
        let name = String(repeating: "n", count: 65)
        let cut = String(repeating: "n", count: 64) + "…"
        #expect(try faults(Self.tool, "{\"task_id\":1,\"\(name)\":1}") == [": unknown argument \"\(cut)\""])
        let faults = try faults(Self.tool, #"{"task_id":1,"\u001b[31m\u202e":1}"#)
        #expect(faults == [": unknown argument \"\u{FFFD}[31m\u{FFFD}\""])
        let open: JSONValue = ["additionalProperties": ["type": "string"]]
        #expect(try self.faults(open, #"{"\u0007":1}"#) == ["/\u{FFFD}: must be a string, is an integer"])
    }

    @Test func `tells everything at once, in order, up to the limit`() throws {
        let text = #"{"limit":500,"task_id":0,"status":1}"#
        let schema = try JSONSchema(compiling: Self.tool, options: .toolInput)
        let root = try JSONDocument(parsing: Array(text.utf8)).root
        #expect(schema.violations(in: root).map(\.path.description) == ["/limit", "/task_id", "/status"])
        #expect(schema.violations(in: root, limit: .max).count == 3)
        #expect(schema.violations(in: root, limit: 0).count == 1)
        #expect(schema.violations(in: root, limit: 2).map(\.path.description) == ["/limit", "/task_id"])
    }

    @Test(
        arguments: [
            (#"{"x":{"kind":"a","n":"1"}}"#, ["/x: fits none of 2 allowed forms"]),
            (#"{"x":"y"}"#, ["/x: must be an object, is a string"]),
            (#"{"y":[1]}"#, ["/y: must be an integer or null, is an array"]),
            (#"{"y":0}"#, ["/y: must be at least 1"]),
            (#"{"z":6}"#, ["/z: fits more than one of 2 allowed forms, where exactly one must fit"]),
        ] as [(String, [String])]
    )
    func `explains alternatives`(text: String, expected: [String]) throws {
        let schema: JSONValue = [
            "properties": [
                "x": [
                    "anyOf": [
                        ["type": "object", "properties": ["kind": ["const": "a"], "n": ["type": "integer"]]],
                        ["type": "object", "properties": ["kind": ["const": "b"]]],
                    ]
                ],
                "y": ["anyOf": [["type": "integer", "minimum": 1], ["type": "null"]]],
                "z": ["oneOf": [["multipleOf": 2], ["multipleOf": 3]]],
            ]
        ]
        #expect(try faults(schema, text) == expected)
    }
}

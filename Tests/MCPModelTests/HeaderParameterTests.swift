import GatewayCore
import JSON
import MCPModel
import Testing

@Suite("Parameters in header fields")
struct HeaderParameterTests {
    private static func text(_ header: JSONValue = "A", type: JSONValue = "string") -> JSONValue {
        ["type": type, "x-mcp-header": header]
    }

    private static func object(_ properties: JSONValue) -> JSONValue {
        ["type": "object", "properties": properties]
    }

    @Test func `are found by the way that leads to them`() throws {
        let schema = Self.object([
            "site": Self.text("Site"), "plain": ["type": "string"],
            "page": Self.object(["size": Self.text("page-size", type: "integer"), "all": Self.text(type: "boolean")]),
        ])
        #expect(
            try HeaderParameter.all(in: schema) == [
                HeaderParameter(field: "Mcp-Param-Site", path: ["site"], kind: .string),
                HeaderParameter(field: "Mcp-Param-page-size", path: ["page", "size"], kind: .integer),
                HeaderParameter(field: "Mcp-Param-A", path: ["page", "all"], kind: .boolean),
            ]
        )
    }

    @Test(
        arguments: [
            true, [:], ["type": "object"],
            object(["x-mcp-header": ["type": "string"]]),
            object(["a": ["const": text(), "enum": [text()], "default": text(), "examples": [text()]]]),
            object(["a": ["$ref": "#/x", "x-other": text()]]),
        ] as [JSONValue]
    )
    func `are not seen in what is no schema`(schema: JSONValue) throws {
        #expect(try HeaderParameter.all(in: schema) == [])
    }

    @Test(
        arguments: [
            ("unreachable", text()),
            ("unreachable", ["items": text()]),
            ("unreachable", object(["a": ["items": text()]])),
            ("unreachable", object(["a": ["prefixItems": [text()]]])),
            ("unreachable", object(["a": ["contains": text()]])),
            ("unreachable", ["additionalProperties": text()]),
            ("unreachable", ["patternProperties": ["^a": text()]]),
            ("unreachable", ["propertyNames": text()]),
            ("unreachable", ["unevaluatedProperties": text()]),
            ("unreachable", ["dependentSchemas": ["a": text()]]),
            ("unreachable", ["allOf": [object(["a": text()])]]),
            ("unreachable", ["anyOf": [object(["a": text()])]]),
            ("unreachable", ["oneOf": [object(["a": text()])]]),
            ("unreachable", ["not": object(["a": text()])]),
            ("unreachable", ["if": object(["a": text()])]),
            ("unreachable", ["then": object(["a": text()])]),
            ("unreachable", ["else": object(["a": text()])]),
            ("unreachable", ["$defs": ["a": text()]]),
            ("unreachable", ["definitions": ["a": object(["b": text()])]]),
            ("name", object(["a": text("")])),
            ("name", object(["a": text("a b")])),
            ("name", object(["a": text("a:b")])),
            ("name", object(["a": text("é")])),
            ("name", object(["a": text("a\r\nb")])),
            ("name", object(["a": text(1)])),
            ("name", object(["a": text(.null)])),
            ("type", object(["a": text(type: "number")])),
            ("type", object(["a": text(type: "object")])),
            ("type", object(["a": text(type: ["string", "null"])])),
            ("type", object(["a": ["x-mcp-header": "A"]])),
            ("repeated", object(["a": text("site"), "b": text("Site")])),
            ("repeated", object(["a": text(), "b": object(["c": text("a")])])),
        ] as [(String, JSONValue)]
    )
    func `are refused where clients would leave the tool out`(reason: String, schema: JSONValue) {
        let fault = #expect(throws: HeaderParameter.Fault.self) { _ = try HeaderParameter.all(in: schema) }
        #expect(fault.map { "\($0.reason)" } == reason)
        #expect(fault?.description.contains("x-mcp-header") == true)
    }

    @Test(
        arguments: [
            (.string, #"{"a":"x"}"#, ["x"], nil),
            (.string, #"{"a":"x"}"#, ["=?base64?eA==?="], nil),
            (.string, #"{"a":""}"#, [""], nil),
            (.string, #"{"a":"x"}"#, [], .missing),
            (.string, #"{"a":""}"#, [], .missing),
            (.string, #"{"a":"x"}"#, ["X"], .different),
            // Canonically equivalent, and not the same text.
            (.string, #"{"a":"\u00e9"}"#, ["=?base64?ZcyB?="], .different),
            (.string, #"{"a":"\u00e9"}"#, ["=?base64?w6k=?="], nil),
            (.string, #"{"a":"x"}"#, ["=?base64?eA=?="], .malformed),
            (.string, #"{"a":"x"}"#, ["=?base64?eB==?="], .malformed),
            (.string, #"{"a":"x"}"#, ["x", "x"], .repeated),
            (.string, #"{}"#, [], nil),
            (.string, #"{"a":null}"#, [], nil),
            (.string, #"{}"#, ["x"], .different),
            (.string, #"{}"#, ["x", "x"], .repeated),
            // What no field can repeat is the schema's business.
            (.string, #"{"a":["x"]}"#, [], nil),
            (.string, #"{"a":{"b":1}}"#, ["x"], .different),
            (.string, #"{"a":4.50}"#, ["4.50"], nil),
            (.boolean, #"{"a":true}"#, ["true"], nil),
            (.boolean, #"{"a":false}"#, ["false"], nil),
            (.boolean, #"{"a":true}"#, ["false"], .different),
            (.boolean, #"{"a":true}"#, ["1"], .different),
            (.integer, #"{"a":42}"#, ["42"], nil),
            (.integer, #"{"a":42}"#, ["42.0"], nil),
            (.integer, #"{"a":42}"#, ["42.000"], nil),
            (.integer, #"{"a":42.0}"#, ["42"], nil),
            (.integer, #"{"a":4.2e1}"#, ["42"], nil),
            (.integer, #"{"a":-7}"#, ["-7"], nil),
            (.integer, #"{"a":0}"#, ["-0"], nil),
            (.integer, #"{"a":42}"#, ["42.5"], .different),
            (.integer, #"{"a":42}"#, ["42."], .different),
            (.integer, #"{"a":42}"#, ["+42"], .different),
            (.integer, #"{"a":42}"#, ["4.2e1"], .different),
            (.integer, #"{"a":42}"#, ["0x2a"], .different),
            (.integer, #"{"a":42}"#, ["forty-two"], .different),
            (.integer, #"{"a":42}"#, [""], .different),
            (.integer, #"{"a":9007199254740991}"#, ["9007199254740991"], nil),
            (.integer, #"{"a":-9007199254740991}"#, ["-9007199254740991.0"], nil),
            (.integer, #"{"a":9007199254740992}"#, ["9007199254740992"], .different),
            (.integer, #"{"a":-9007199254740992}"#, ["-9007199254740992"], .different),
            (.integer, #"{"a":99999999999999999999}"#, ["99999999999999999999"], .different),
            (.integer, #"{"a":1e400}"#, ["1e400"], .different),
            (.integer, #"{"a":4.5}"#, ["4.5"], nil),
        ] as [(HeaderParameter.Kind, String, [String], HeaderMismatch.Reason?)]
    )
    func `are compared with what the field says`(
        kind: HeaderParameter.Kind,
        arguments: String,
        values: [String],
        reason: HeaderMismatch.Reason?
    ) throws {
        let parameter = HeaderParameter(field: "Mcp-Param-A", path: ["a"], kind: kind)
        let mismatch = parameter.mismatch(values, in: try JSONDocument(parsing: Array(arguments.utf8)).root)
        #expect(mismatch?.reason == reason)
    }

    @Test func `are looked for inside objects only`() throws {
        let parameter = HeaderParameter(field: "Mcp-Param-A", path: ["p", "a"], kind: .string)
        for (arguments, reason) in [
            (#"{"p":{"a":"x"}}"#, nil), (#"{"p":"x"}"#, .different), (#"{"p":null}"#, .different),
            (#"{"a":"x"}"#, .different),
        ] as [(String, HeaderMismatch.Reason?)] {
            let root = try JSONDocument(parsing: Array(arguments.utf8)).root
            #expect(parameter.mismatch(["x"], in: root)?.reason == reason)
        }
    }
}

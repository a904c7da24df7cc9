import JSON
package import PluginKit

/// A tool whose input schema uses the words of JSON Schema 2020-12 that a gateway might drop.
package struct SchemaTool: Tool {
    package struct Input: Decodable, Sendable {
        let name: String?
    }

    package static let description = ToolDescription(
        name: "json_schema_2020_12_tool",
        title: "JSON Schema 2020-12",
        summary: "Tool with JSON Schema 2020-12 features",
        input: Schema([
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "type": "object",
            "$defs": [
                "address": [
                    "$anchor": "addressDef",
                    "type": "object",
                    "properties": ["street": ["type": "string"], "city": ["type": "string"]],
                ]
            ],
            "properties": [
                "name": ["type": "string"],
                "address": ["$ref": "#/$defs/address"],
                "contactMethod": ["type": "string", "enum": ["phone", "email"]],
                "phone": ["type": "string"],
                "email": ["type": "string"],
            ],
            "allOf": [["anyOf": [["required": ["phone"]], ["required": ["email"]]]]],
            "if": ["properties": ["contactMethod": ["const": "phone"]], "required": ["contactMethod"]],
            "then": ["required": ["phone"]],
            "else": ["required": ["email"]],
            "additionalProperties": false,
        ]),
        output: nil
    )

    package init() {}

    package func call(_ input: Input, in context: CallContext) async throws(ToolError) -> ToolContent {
        ToolContent(.text("JSON Schema 2020-12 tool called by \(input.name ?? "nobody")"))
    }
}

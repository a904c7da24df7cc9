import GatewayCore
import JSON
import MCPModel
import Testing

@Suite("Definitions of tools")
struct ToolDefinitionTests {
    private func tool(output: JSONValue?) -> ToolDefinition {
        let input =
            ##"{"type":"object","$schema":"s","properties":{"z":{"$ref":"#/$defs/d"},"a":{}},"$defs":{"d":{}}}"##
        let schema = (try? JSONValue(parsing: input)) ?? .null
        return ToolDefinition(
            name: "n",
            description: ToolDescription(
                localName: "n",
                title: "T",
                description: "D",
                inputSchema: schema,
                outputSchema: output
            )
        )
    }

    @Test func `the input schema is published as it was written`() {
        let text = String(decoding: tool(output: nil).bytes(.plain), as: UTF8.self)
        let schema =
            ##"{"type":"object","$schema":"s","properties":{"z":{"$ref":"#/$defs/d"},"a":{}},"$defs":{"d":{}}}"##
        #expect(text == #"{"name":"n","description":"D","inputSchema":\#(schema)}"#)
    }

    @Test func `icons and metadata are shown where the revision knows them`() throws {
        let icons = [try Icon(source: "https://a.example.org/i.png", theme: .light)]
        let description = ToolDescription(
            localName: "n",
            description: "D",
            inputSchema: ["type": "object"],
            icons: icons,
            meta: ["org.a/b": 1]
        )
        let definition = ToolDefinition(name: "n", description: description)
        for revision in Revision.allCases {
            let shown = try JSONValue(parsing: definition.allForms[revision.toolForm.rawValue])
            #expect((shown["icons"] == [icons[0].document]) == revision.hasIcons)
            #expect((shown["icons"] == nil) == !revision.hasIcons)
            #expect(shown["_meta"] == (revision.hasTitles ? ["org.a/b": 1] : nil))
        }
    }

    @Test func `every form is what it is alone`() throws {
        let output: JSONValue = ["type": "array"]
        for icons in [[], [try Icon(source: "https://a.example.org/i.png")]] {
            let description = ToolDescription(
                localName: "n",
                title: "T",
                description: "D",
                inputSchema: ["type": "object"],
                outputSchema: output,
                icons: icons
            )
            let definition = ToolDefinition(name: "n", description: description)
            #expect(definition.allForms == ToolForm.allCases.map(definition.bytes))
        }
    }

    @Test(
        arguments: [
            (ToolForm.full, ##"{"type":"array","$defs":{"d":{}}}"##, ##"{"type":"array","$defs":{"d":{}}}"##),
            (.titled, #"{"type":"object"}"#, #"{"type":"object"}"#),
            (
                .titled, ##"{"type":"array","items":{"$ref":"#/$defs/d"},"$defs":{"d":{}}}"##,
                ##"{"$defs":{"d":{}},"type":"object","##
                    + ##""properties":{"result":{"type":"array","items":{"$ref":"#/$defs/d"}}},"##
                    + #""required":["result"]}"#
            ),
            (.titled, #"{"anyOf":[{"type":"array"},{"type":"object"}]}"#, nil),
            (.titled, #"{"type":["array","object"]}"#, nil),
            (.plain, #"{"type":"object"}"#, nil),
        ] as [(ToolForm, String, String?)]
    )
    func `the output schema fits the form`(form: ToolForm, schema: String, expected: String?) throws {
        let definition = try JSONValue(parsing: tool(output: JSONValue(parsing: schema)).bytes(form))
        #expect(definition["outputSchema"] == (try expected.map { try JSONValue(parsing: $0) }))
        #expect((definition["title"] == nil) == (form == .plain))
    }
}

import JSON
import PluginKit

/// Lists the plugin's tools for clients that show such a list themselves.
struct ListToolsTool: Tool {
    struct Input: Decodable, Sendable {}

    static let description = ToolDescription(
        name: "swf_list_available_tools",
        title: "List these tools",
        summary: """
            The tools of this experiment that you may use, with purpose and parameters.
            """,
        input: .object([]),
        output: .list(
            of: .object([
                .required("name", .string()), .required("description", .string("Its first sentence.")),
                .required("parameters", .array(of: .string(), "The required ones first, each with *.")),
            ])
        )
    )

    private let tools: [ToolDescription]

    init(_ tools: [ToolDescription]) {
        self.tools = tools
    }

    func call(_ input: Input, in context: CallContext) async throws(ToolError) -> ListResult<Record> {
        let callable = try await context.callableTools()
        let mayWrite = context.caller.scopes.contains("write")
        let records = tools.filter { tool in
            (tool.effect == .reads || mayWrite) && callable?.contains(tool.name) ?? true
        }
        .map(Self.record)
        return ListResult(
            records,
            totalCount: records.count,
            hasMore: false,
            budgetBytes: context.budgetBytes
        )
    }

    private static func record(_ tool: ToolDescription) -> Record {
        let schema = tool.input.document
        let required = schema["required"]?.array?.compactMap(\.string) ?? []
        let names = schema["properties"]?.object?.members.map(\.name) ?? []
        var record = Record()
        record["name"] = .string(tool.name)
        record["description"] = .string(firstSentence(of: tool.summary))
        record["parameters"] = .array(
            required.map { .string($0 + "*") } + names.filter { !required.contains($0) }.map(JSONValue.string)
        )
        return record
    }

    /// Up to the first full stop before a space.
    private static func firstSentence(of text: String) -> String {
        var sentence = ""
        for (character, next) in zip(text, text.dropFirst() + " ") {
            sentence.append(character)
            if character == ".", next == " " { break }
        }
        return sentence
    }
}

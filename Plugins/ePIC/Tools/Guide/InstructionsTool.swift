import PluginKit

/// Tells how to use the tools, for clients that do not get a server's instructions.
struct InstructionsTool: Tool {
    struct Input: Decodable, Sendable {}

    struct Output: Encodable, Sendable {
        let instructions: String
    }

    static let description = ToolDescription(
        name: "get_server_instructions",
        title: "How to use these tools",
        summary:
            "Where to begin with these tools and how to read their answers. Read it once, first.",
        input: .object([]),
        output: .object([.required("instructions", .string())])
    )

    func call(_ input: Input, in context: CallContext) async throws(ToolError) -> Output {
        Output(instructions: Instructions.text)
    }
}

public import JSON

/// Runs a tool over JSON without a host around it: what the bridge does with every call, for tests.
public enum ToolCalling {
    /// Decodes the arguments, calls the tool and encodes its answer: the structured one, or the blocks of content.
    public static func call(
        _ tool: any Tool,
        with arguments: JSONNode,
        in context: CallContext
    ) async throws(ToolError) -> [UInt8] {
        let answer = try await ToolRunner(tool).run(arguments, in: context)
        return answer.structured.isEmpty ? answer.content : answer.structured
    }

    /// Decodes arguments without calling; throws when the tool's input type does not take them.
    public static func checkDecoding(_ tool: any Tool, of arguments: JSONNode) throws(JSONDecodingError) {
        try decode(tool, arguments)
    }

    private static func decode<T: Tool>(_ tool: T, _ arguments: JSONNode) throws(JSONDecodingError) {
        _ = try JSONNodeDecoder().decode(T.Input.self, from: arguments)
    }
}

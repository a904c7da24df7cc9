import JSON
import PluginKit

/// Records one turn of a conversation between a user and an assistant.
struct RecordMemoryTool: Tool {
    struct Input: Decodable, Sendable {
        let session_id: String
        let role: String
        let content: String
        let username: String?
        let namespace: String?
        let project_path: String?
    }

    struct Output: Encodable, Sendable {
        let success = true
        let id: Int?
        let username: String
        let role: String
        let content_length: Int
    }

    static let description = ToolDescription(
        name: "swf_record_ai_memory",
        title: "Record a turn",
        summary: """
            Records what you or the assistant said, for swf_get_ai_memory later. Under your own name; operators may \
            give another.
            """,
        input: .object([
            .required("session_id", .string(maximumLength: 255)),
            .required("role", .choice(["user", "assistant"])),
            .required("content", .string(maximumLength: 20_000)),
            .filter("username"), .filter("namespace"), .filter("project_path", length: 500),
        ]),
        output: .object([
            .required("success", .boolean()), .optional("id", .integer()), .required("username", .string()),
            .required("role", .string()), .required("content_length", .integer("Characters.")),
        ]),
        effect: .writes(isIdempotent: false)
    )

    func call(_ input: Input, in context: CallContext) async throws(ToolError) -> Output {
        let user = try MemoryOwner.user(input.username, "record what others said", in: context)
        guard let session = Optional(input.session_id).given, let content = Optional(input.content).given else {
            throw ToolError(.invalidArgument, "session_id and content: must not be empty.")
        }
        var body = JSONObject()
        body["username"] = .string(user.name)
        body["session_id"] = .string(session)
        body["role"] = .string(input.role)
        body["content"] = .string(content)
        body["namespace"] = input.namespace.given.map(JSONValue.string)
        body["project_path"] = input.project_path.given.map(JSONValue.string)
        let answer = try await MonitorAPI(context: context).change("POST", "/api/ai-memory/record/", .object(body))
        guard answer?["success"]?.bool != false else {
            throw ToolError(.conflict, "The testbed's monitor did not record it.")
        }
        return Output(
            id: answer?["id"]?.integer,
            username: user.name,
            role: input.role,
            content_length: content.count
        )
    }
}

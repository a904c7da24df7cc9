import JSON
import PluginKit

/// Puts a message of the caller's on the workflow topic.
struct SendMessageTool: Tool {
    struct Input: Decodable, Sendable {
        let message: String
        let message_type: String?
        let metadata: JSONValue?
    }

    struct Output: Encodable, Sendable {
        let success = true
        let message: String
        let sender: String
        let message_type: String
        let namespace: String?
        let content: JSONValue
    }

    private static let usualType = "announcement"
    private static let testType = "test"
    private static let mostMetadataBytes = 8 << 10

    /// What agents act on is theirs and the workflow tools' to send.
    private static let reservedTypes: Set<String> = [
        "run_workflow", "stop_workflow", "status_request", "run_imminent", "start_run", "pause_run", "resume_run",
        "end_run", "stf_gen", "stf_ready", "tf_file_registered", "slice", "slice_result", "run_workflow_failed",
        "error",
        "heartbeat",
    ]

    static let description = ToolDescription(
        name: "swf_send_message",
        title: "Send a message",
        summary: """
            Sends a message to all who listen in your testbed's namespace, under your name. It starts nothing: for \
            that swf_start_workflow.
            """,
        input: .object([
            .required("message", .string(maximumLength: 4000)),
            .optional(
                "message_type",
                .string("With test it goes to all namespaces.", maximumLength: 50, default: usualType)
            ),
            .optional("metadata", .anyObject()),
        ]),
        output: .object([
            .required("success", .boolean()), .required("sender", .string()),
            .required("message_type", .string()), .required("message", .string()), .optional("namespace", .string()),
            .required("content", .anyObject("What was sent.")),
        ]),
        effect: .writes(isIdempotent: false)
    )

    func call(_ input: Input, in context: CallContext) async throws(ToolError) -> Output {
        let user = try ControlRights(context: context).user()
        let type = input.message_type.given ?? Self.usualType
        try ControlName.check(type, "message_type")
        guard !Self.reservedTypes.contains(type) else {
            throw ToolError(
                .invalidArgument,
                "message_type: \(type) is what agents act on; it is not for announcements.",
                hint: "swf_start_workflow and swf_stop_workflow steer workflows."
            )
        }
        guard (input.metadata?.serialized.count ?? 0) <= Self.mostMetadataBytes else {
            throw ToolError(.invalidArgument, "metadata: must be at most \(Self.mostMetadataBytes) bytes.")
        }
        let namespace = type == Self.testType ? nil : try await Self.namespace(of: user, in: context)
        var body = JSONObject()
        body["msg_type"] = .string(type)
        body["sender"] = .string("\(user.name)-personal-agent")
        body["namespace"] = namespace.map(JSONValue.string) ?? .null
        body["message"] = .string(input.message)
        body["timestamp"] = .string(context.now.agentText)
        body["source"] = "mcp_send_message"
        if let metadata = input.metadata, metadata != .null { body["metadata"] = metadata }
        try await TestbedBroker(context: context).send(body, to: TestbedBroker.topic)
        return Output(
            message: "The broker has the message.",
            sender: "\(user.name)-personal-agent",
            message_type: type,
            namespace: namespace,
            content: .object(body)
        )
    }

    private static func namespace(of user: TestbedUser, in context: CallContext) async throws(ToolError) -> String {
        if let namespace = try await TestbedSettings.read(in: context).namespace {
            try await ControlRights(context: context).check(namespace: namespace)
            return namespace
        }
        if let namespace = try await StateReading(context: context).manager(of: user).namespace { return namespace }
        throw ToolError(
            .conflict,
            "You have no testbed, so there is no namespace to send the message in.",
            hint: "Start your agent manager, or name the namespace in your testbed.toml."
        )
    }
}

import JSON
import PanDAKit
import PluginKit

/// Sums up what went on in one testbed.
struct GetNamespaceTool: Tool {
    struct Input: Decodable, Sendable {
        let namespace: String
        let start_time: String?
        let end_time: String?
    }

    struct Output: Encodable, Sendable {
        let name: String
        let isRegistered: Bool
        let owner: JSONValue?
        let description: JSONValue?
        let agents: Int
        let executions: Int
        let messages: Int
        let users: [String]
        let window: Window
        let monitorURLs: [Link]

        private enum CodingKeys: String, CodingKey {
            case name
            case isRegistered = "is_registered"
            case owner, description
            case agents = "agent_count"
            case executions = "execution_count"
            case messages = "message_count"
            case users = "active_users"
            case window
            case monitorURLs = "monitor_urls"
        }
    }

    private static let defaultDays = 1
    private static let mostUsers = 200

    static let description = ToolDescription(
        name: "swf_get_namespace",
        title: "One namespace",
        summary: """
            What went on in one testbed (namespace): agents, and executions, messages and users of the last 24 hours \
            by default. Whether it can run a workflow: swf_get_testbed_status.
            """,
        input: .object([
            .required("namespace", .string(maximumLength: 100)), .optional("start_time", .time()),
            .optional("end_time", .time()),
        ]),
        output: .object([
            .required("name", .string()),
            .required("is_registered", .boolean("Whether the namespace has an owner on record.")),
            .optional("owner", .string()),
            .optional("description", .untrustedText("What it is for.")),
            .required("agent_count", .integer("All its agents, ended ones too, whatever the window.")),
            .required("execution_count", .integer()),
            .required("message_count", .integer()),
            .required("active_users", .array(of: .string(), "Who started executions.")),
            .required("window", .window),
            .required("monitor_urls", .array(of: .link)),
        ])
    )

    let pages: TestbedPages

    func call(_ input: Input, in context: CallContext) async throws(ToolError) -> Output {
        let window = try WindowedQuestion(
            days: nil,
            start: input.start_time,
            end: input.end_time,
            cursor: nil,
            defaultDays: Self.defaultDays,
            now: context.now
        )
        .window
        let source = SQLSource.testbed
        let known = try await source.rows(NamespaceTables.namespace(input.namespace), maximumRows: 1, in: context)
        let record = known.first.flatMap(NamespaceTables.namespace.record)
        let agents = try await source.rows(NamespaceTables.agents(in: input.namespace), maximumRows: 1, in: context)
        let users = try await source.rows(
            NamespaceTables.executions(in: input.namespace, window),
            maximumRows: Self.mostUsers,
            in: context
        )
        let messages = try await source.rows(
            NamespaceTables.messages(in: input.namespace, window),
            maximumRows: 1,
            in: context
        )
        return Output(
            name: input.namespace,
            isRegistered: record != nil,
            owner: record?["owner"],
            description: record?["description"],
            agents: agents.first?.integer("n") ?? 0,
            executions: users.reduce(0) { $0 + ($1.integer("n") ?? 0) },
            messages: messages.first?.integer("n") ?? 0,
            users: users.counts(of: "name").map(\.name).sorted { NamedListing.isBefore($0, $1) },
            window: window,
            monitorURLs: [pages.page("Namespace", "/workflow/namespaces/", of: input.namespace)]
        )
    }
}

import PanDAKit
import PluginKit

/// Lists the agents of the testbed, the one heard of last first.
struct ListAgentsTool: Tool {
    struct Input: Decodable, Sendable {
        let namespace: String?
        let agent_type: String?
        let status: String?
        let execution_id: String?
        let start_time: String?
        let end_time: String?
        let limit: Int?
        let cursor: String?
    }

    private static let defaultLimit = 100
    private static let states = ["UNKNOWN", "OK", "WARNING", "ERROR", "EXITED"]
    private static let cursorMark = "o1."

    static let description = ToolDescription(
        name: "swf_list_agents",
        title: "List testbed agents",
        summary: """
            Testbed agents with state and last heartbeat, the latest first. Ended and silent ones show only with \
            status EXITED or all. One agent: swf_get_agent; what they wrote: swf_list_logs.
            """,
        input: .object([
            .optional("namespace", .string(maximumLength: 100)),
            .optional(
                "agent_type",
                .string("daqsim, data, processing, fastmon, manager, or as agents call it.", maximumLength: 64)
            ),
            .optional("status", .string("UNKNOWN, OK, WARNING, ERROR, EXITED or all.", maximumLength: 16)),
            .optional(
                "execution_id",
                .string("Agents that sent a message of it.", maximumLength: 100)
            ),
            .optional("start_time", .time("Of the last heartbeat.")),
            .optional("end_time", .time()),
            .optional("limit", .integer(minimum: 1, maximum: 500, default: defaultLimit)),
            .optional("cursor", .string(maximumLength: 32)),
        ]),
        output: .list(
            of: AgentItem.schema,
            summary: .dictionary(of: .integer(minimum: 0), "State → number of agents, whatever state was asked for.")
        )
    )

    private let agents: any AgentListing
    private let pages: TestbedPages

    init(agents: any AgentListing, pages: TestbedPages) {
        self.agents = agents
        self.pages = pages
    }

    func call(_ input: Input, in context: CallContext) async throws(ToolError) -> ListResult<AgentItem> {
        var query = AgentQuery(limit: input.limit ?? Self.defaultLimit)
        query.namespace = input.namespace.flatMap { $0.isEmpty ? nil : $0 }
        query.type = input.agent_type.flatMap { $0.isEmpty ? nil : AgentType($0) }
        query.status = try Self.status(input.status)
        query.executionID = input.execution_id.flatMap { $0.isEmpty ? nil : $0 }
        query.start = try TimeArgument.time(input.start_time, "start_time")
        query.end = try TimeArgument.time(input.end_time, "end_time")
        if let start = query.start, let end = query.end, end <= start {
            throw ToolError(.invalidArgument, "start_time: must be before end_time (\(end)).")
        }
        query.offset = try Self.offset(input.cursor)
        let page = try await agents.agents(matching: query, in: context)
        let left = page.countsByStatus.filter { !query.status.includes($0.status) }.reduce(0) { $0 + $1.count }
        return ListResult(
            page.agents,
            totalCount: page.totalCount,
            hasMore: query.offset + page.agents.count < page.totalCount && !page.agents.isEmpty,
            budgetBytes: context.budgetBytes,
            summary: .counts(page.countsByStatus.map { ($0.status, $0.count) }),
            filtersApplied: query.filters,
            hint: page.totalCount == 0 && left > 0 ? "\(left) agents in other states; use status: all." : nil,
            monitorURLs: pages.agents(query),
            cursor: { agent in
                page.agents.firstIndex(of: agent).map { "\(Self.cursorMark)\(query.offset + $0 + 1)" }
            }
        )
    }

    private static func status(_ word: String?) throws(ToolError) -> AgentQuery.Status {
        guard let word, !word.isEmpty else { return .present }
        guard word.lowercased() != "all" else { return .all }
        guard let state = states.first(where: { $0.lowercased() == word.lowercased() }) else {
            throw ToolError(.invalidArgument, "status: is none of \(states.joined(separator: ", ")), all.")
        }
        return .only(state)
    }

    private static func offset(_ cursor: String?) throws(ToolError) -> Int {
        guard let cursor else { return 0 }
        guard cursor.hasPrefix(cursorMark), let offset = Int(cursor.dropFirst(cursorMark.count)),
            (0...1_000_000).contains(offset)
        else { throw ToolError(.invalidArgument, "cursor: is not one this tool gave; leave it out to start again.") }
        return offset
    }
}

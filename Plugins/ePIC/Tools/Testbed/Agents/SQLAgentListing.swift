import PluginKit

/// Lists agents from the testbed's tables.
struct SQLAgentListing: AgentListing {
    private let source: SQLSource

    init(source: SQLSource = .testbed) {
        self.source = source
    }

    func agents(matching query: AgentQuery, in context: CallContext) async throws(ToolError) -> AgentPage {
        let counts = try await source.rows(
            AgentStatements.counts(query, now: context.now),
            maximumRows: 100,
            in: context
        )
        .counts(of: "status")
        let rows = try await source.rows(
            AgentStatements.page(query, now: context.now),
            maximumRows: query.limit,
            in: context
        )
        let total = counts.filter { query.status.includes($0.name) }.reduce(0) { $0 + $1.count }
        return AgentPage(
            agents: rows.compactMap { Self.item($0, now: context.now) },
            totalCount: total,
            countsByStatus: counts.map { (status: $0.name, count: $0.count) }
        )
    }

    private static func item(_ row: Row, now: Timestamp) -> AgentItem? {
        guard let name = row.cleaned("instance_name"), let status = row.cleaned("status") else { return nil }
        let reported = row.cleaned("reported_status")
        let heartbeat = row.time("last_heartbeat")
        return AgentItem(
            name: name,
            type: row.cleaned("agent_type"),
            status: status,
            reportedStatus: reported == status ? nil : reported,
            operationalState: row.cleaned("operational_state"),
            namespace: row.cleaned("namespace"),
            lastHeartbeat: heartbeat,
            secondsSinceHeartbeat: heartbeat.map { max(0, now.seconds(since: $0)) },
            isSilent: reported != status,
            workflowEnabled: row.bool("workflow_enabled"),
            filesProcessed: row.integer("total_stf_processed")
        )
    }
}

extension AgentQuery.Status {
    /// Whether agents in this state are wanted.
    func includes(_ status: String) -> Bool {
        switch self {
        case .all: true
        case .present: status != "EXITED"
        case .only(let wanted): status == wanted
        }
    }
}

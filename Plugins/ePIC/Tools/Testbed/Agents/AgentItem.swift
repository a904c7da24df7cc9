import PluginKit

/// One agent of the testbed.
struct AgentItem: Encodable, Hashable, Sendable {
    var name: String
    var type: String?
    /// As it is now: an agent that fell silent has exited.
    var status: String
    /// What it said of itself, when that is not so any more.
    var reportedStatus: String?
    var operationalState: String?
    var namespace: String?
    var lastHeartbeat: Timestamp?
    var secondsSinceHeartbeat: Int?
    /// Whether it ended without saying so.
    var isSilent: Bool
    var workflowEnabled: Bool?
    var filesProcessed: Int?

    private enum CodingKeys: String, CodingKey {
        case name
        case type = "agent_type"
        case status
        case reportedStatus = "reported_status"
        case operationalState = "operational_state"
        case namespace
        case lastHeartbeat = "last_heartbeat"
        case secondsSinceHeartbeat = "seconds_since_heartbeat"
        case isSilent = "is_silent"
        case workflowEnabled = "workflow_enabled"
        case filesProcessed = "total_stf_processed"
    }

    static let schema = Schema.object([
        .required("name", .string("The agent's instance name.")),
        .optional("agent_type", .string("What it is, as it calls itself.")),
        .required(
            "status",
            .string(
                """
                UNKNOWN, OK, WARNING, ERROR or EXITED; an agent without a heartbeat for \
                \(AgentQuery.silenceSeconds / 60) minutes counts as EXITED.
                """
            )
        ),
        .optional("reported_status", .string("What it last said of itself, when it fell silent since.")),
        .optional("operational_state", .string("STARTING, READY, PROCESSING or EXITED, as last reported.")),
        .optional("namespace", .string("The testbed it belongs to.")),
        .optional("last_heartbeat", .time("Absent when it never sent one.")),
        .optional("seconds_since_heartbeat", .integer()),
        .required("is_silent", .boolean("Whether it ended without saying so.")),
        .optional("workflow_enabled", .boolean()),
        .optional("total_stf_processed", .integer("Files it worked on since it was registered.")),
    ])
}

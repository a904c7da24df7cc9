import JSON
import PluginKit

/// The agent that starts and stops a user's agents, as it is now.
struct AgentManager: Encodable, Hashable, Sendable {
    enum Health: String, Encodable, Hashable, Sendable, CaseIterable {
        case missing, exited, healthy, unhealthy
    }

    /// After so many seconds without a heartbeat it is not healthy any more.
    static let freshSeconds = 300

    let health: Health
    let namespace: String?
    let operationalState: String?
    let status: String?
    let lastHeartbeat: Timestamp?
    /// What it says of the supervisor of the agents' processes; nil where its heartbeats do not carry that.
    let isSupervisorHealthy: Bool?
    let details: String?

    var isAlive: Bool { health == .healthy }

    static let missing = AgentManager(
        health: .missing,
        namespace: nil,
        operationalState: nil,
        status: nil,
        lastHeartbeat: nil,
        isSupervisorHealthy: nil,
        details: nil
    )

    private init(
        health: Health,
        namespace: String?,
        operationalState: String?,
        status: String?,
        lastHeartbeat: Timestamp?,
        isSupervisorHealthy: Bool?,
        details: String?
    ) {
        self.health = health
        self.namespace = namespace
        self.operationalState = operationalState
        self.status = status
        self.lastHeartbeat = lastHeartbeat
        self.isSupervisorHealthy = isSupervisorHealthy
        self.details = details
    }

    init(_ row: Row, now: Timestamp) {
        let heartbeat = row.time("last_heartbeat")
        let state = row.cleaned("operational_state")
        let isFresh = heartbeat.map { now.seconds(since: $0) <= Self.freshSeconds } ?? false
        self.init(
            health: state == "EXITED" ? .exited : (isFresh ? .healthy : .unhealthy),
            namespace: row.cleaned("namespace"),
            operationalState: state,
            status: row.cleaned("status"),
            lastHeartbeat: heartbeat,
            isSupervisorHealthy: row.document("metadata")["supervisord_healthy"]?.bool,
            details: row.cleaned("description")
        )
    }

    private enum CodingKeys: String, CodingKey {
        case health, namespace
        case operationalState = "operational_state"
        case status
        case lastHeartbeat = "last_heartbeat"
        case isSupervisorHealthy = "supervisord_healthy"
        case details = "description"
    }

    static let properties: [Schema.Property] = [
        .required("health", .choice(Health.allCases.map(\.rawValue), "healthy: a heartbeat in the last 5 minutes.")),
        .optional("namespace", .string("The testbed it manages.")),
        .optional("operational_state", .string("As last reported.")),
        .optional("status", .string("As last reported.")),
        .optional("last_heartbeat", .time()),
        .optional("supervisord_healthy", .boolean("Absent where its heartbeats do not say.")),
        .optional("description", .untrustedText("What it says of itself.")),
    ]
}

extension AgentManager {
    /// The same as JSON.
    var document: JSONValue {
        guard let bytes = try? JSONBytesEncoder().encode(self) else { return [:] }
        return (try? JSONValue(parsing: bytes)) ?? [:]
    }
}

import JSON
import PluginKit

/// Which agents are wanted.
struct AgentQuery: Hashable, Sendable {
    /// An agent silent for longer is taken for ended; agents send a heartbeat at least every minute.
    static let silenceSeconds = 180

    /// Which states are wanted.
    enum Status: Hashable, Sendable {
        /// All but `EXITED`.
        case present
        case all
        case only(String)
    }

    var namespace: String?
    var type: AgentType?
    var status: Status = .present
    /// Only agents that sent a message of this execution.
    var executionID: String?
    /// Only agents whose last heartbeat is not before this time.
    var start: Timestamp?
    /// Only agents whose last heartbeat is before this time.
    var end: Timestamp?
    var limit: Int
    var offset = 0

    /// Agents whose last heartbeat is before this moment are silent.
    static func silenceLimit(now: Timestamp) -> Timestamp {
        now.adding(seconds: -silenceSeconds)
    }

    /// The filters as they are shown in the answer.
    var filters: JSONValue {
        var filters = JSONObject()
        filters["namespace"] = namespace.map(JSONValue.string)
        filters["agent_type"] = type.map { .array($0.names.map(JSONValue.string)) }
        switch status {
        case .present: filters["status"] = "not EXITED"
        case .all: filters["status"] = "all"
        case .only(let status): filters["status"] = .string(status)
        }
        filters["execution_id"] = executionID.map(JSONValue.string)
        filters["start_time"] = start.map { .string($0.description) }
        filters["end_time"] = end.map { .string($0.description) }
        filters["limit"] = .integer(limit)
        return .object(filters)
    }
}

internal import GatewayCore
internal import PostgresClient

/// What an error of the client means to who asked.
enum PostgresFault {
    /// How much earlier than ours the server's clock may run out.
    private static let clockTolerance: Duration = .milliseconds(20)

    static func error(_ error: PostgresError, of query: SQLQuery) -> SourceError {
        switch error.kind {
        case .timeout: return .timeout
        case .cancelled: return .cancelled
        case .rowTooLarge: return .tooLarge
        case .emptyStatement: return .invalid("The statement is empty.")
        case .parameterCount(let expected): return .invalid(message(expected: expected, given: query.parameters.count))
        case .unsupported: return .rejected(detail: detail(error))
        case .busy, .closed, .connectionFailed, .connectionLost: return .unavailable(detail: detail(error))
        case .backingOff(let time): return .down(retryAfter: time)
        case .refused: return refusal(error, query.deadline)
        }
    }

    /// What the server's error says (PostgreSQL manual, appendix A).
    private static func refusal(_ error: PostgresError, _ deadline: Deadline) -> SourceError {
        let state = error.sqlState ?? ""
        switch state {
        case "57014" where deadline.remaining < clockTolerance: return .timeout
        // Somebody else ended it, a lock was not given, or a deadlock was broken: trying again may help.
        case "57014", "55P03", "40001", "40P01": return .unavailable(detail: detail(error))
        // A number of parameters that does not fit: the statement's fault, not the connection's.
        case "08P01": return .rejected(detail: detail(error))
        default: break
        }
        switch state.prefix(2) {
        // The connection, resources, the operator, the system, an internal error.
        case "08", "53", "57", "58", "XX": return .unavailable(detail: detail(error))
        default: return .rejected(detail: detail(error))
        }
    }

    private static func detail(_ error: PostgresError) -> String {
        error.sqlState.map { "PostgreSQL \($0): \(error.detail)" } ?? "PostgreSQL: \(error.detail)"
    }

    private static func message(expected: Int, given: Int) -> String {
        expected > given
            ? "The statement uses $\(expected), but \(given) parameters are given."
            : "\(given) parameters are given, but the statement does not use $\(expected + 1)."
    }
}

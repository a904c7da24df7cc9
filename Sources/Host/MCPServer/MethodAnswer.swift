import GatewayCore
import MCPModel

/// How a method ended.
enum MethodAnswer: Sendable {
    case result(any ServerResult)
    case error(ProtocolError)
    /// A better token is needed.
    case challenge(StepUp)
    /// Something must be known first; only from methods that take time.
    case question(Question)

    var isQuestion: Bool {
        if case .question = self { true } else { false }
    }
}

import GatewayCore
import MCPModel

/// How a method ended.
enum MethodAnswer: Sendable {
    case result(any ServerResult)
    case error(ProtocolError)
    /// A better token is needed.
    case challenge(StepUp)
}

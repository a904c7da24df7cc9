import JSON
import PluginKit

/// The testbed monitor's interface for programs, by which the testbed's records are changed.
///
/// The databases are only read: what the monitor checks and derives when something changes stays its business.
struct MonitorAPI: Sendable {
    /// The source's name in the manifest.
    static let source = "testbed_api"

    let context: CallContext

    /// Sends a change.
    /// - Returns: What came back, when it was JSON.
    /// - Throws: `ToolError` unless the monitor took it.
    @discardableResult
    func change(_ method: String, _ path: String, _ body: JSONValue) async throws(ToolError) -> JSONNode? {
        let answer: SourceAnswer
        do {
            answer = try await context.source(Self.source).send(method, path, body: body)
        } catch {
            switch error.code {
            case .notFound:
                throw ToolError(
                    .unavailable,
                    "The testbed monitor's interface is not connected to this gateway.",
                    hint: "The operators of the gateway bind the data source testbed_api."
                )
            case .invalidArgument, .internal, .forbidden:
                throw ToolError(.internal, "The testbed's monitor could not be asked.", detail: error.message)
            default: throw error
            }
        }
        switch answer.status {
        case 200..<300: return answer.json
        case 404: throw ToolError(.notFound, "The testbed's monitor does not know this.")
        case 400, 409, 422:
            throw ToolError(
                .conflict,
                "The testbed's monitor did not take the change.",
                detail: "HTTP \(answer.status)"
            )
        default:
            throw ToolError(
                .unavailable,
                "The testbed's monitor did not take the change.",
                detail: "HTTP \(answer.status)"
            )
        }
    }
}

import JSON
import PluginKit

/// One of the two databases, by the name the manifest gives it.
struct SQLSource: Sendable {
    private let name: String
    /// What it is called in messages.
    private let title: String

    static let panda = SQLSource(name: "panda", title: "PanDA's database")
    static let testbed = SQLSource(name: "testbed", title: "The testbed's database")

    /// The rows of a statement.
    /// - Throws: `ToolError` in words for the caller; a fault of a statement of ours is `internal`.
    func rows(
        _ statement: Statement,
        maximumRows: Int,
        in context: CallContext
    ) async throws(ToolError) -> Rows {
        // PostgreSQL has no such texts; they come from the caller, for our own have none.
        guard !statement.parameters.contains(where: { $0.string?.utf8.contains(0) == true }) else {
            throw ToolError(.invalidArgument, "A text must not hold a NUL character.")
        }
        do {
            return try await context.source(name)
                .query(statement.text, statement.parameters, maximumRows: maximumRows)
        } catch {
            switch error.code {
            case .notFound:
                throw ToolError(.unavailable, "\(title) is not connected to this gateway.", detail: error.message)
            case .invalidArgument, .internal, .forbidden:
                throw ToolError(.internal, "\(title) could not be asked.", detail: error.detail ?? error.message)
            default:
                throw error
            }
        }
    }
}

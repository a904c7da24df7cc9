import PluginKit

/// Reads how the testbed is now.
struct StateReading: Sendable {
    let context: CallContext
    private let source = SQLSource.testbed

    func manager(of user: TestbedUser) async throws(ToolError) -> AgentManager {
        try await rows(StateStatements.manager(user), 1).first.map { AgentManager($0, now: context.now) } ?? .missing
    }

    func count(_ statement: Statement) async throws(ToolError) -> Int {
        try await rows(statement, 1).first?.integer("n") ?? 0
    }

    func records(_ statement: Statement, _ shape: RecordShape, limit: Int) async throws(ToolError) -> [Record] {
        try await rows(statement, limit).compactMap(shape.record)
    }

    func rows(_ statement: Statement, _ maximumRows: Int) async throws(ToolError) -> Rows {
        try await source.rows(statement, maximumRows: maximumRows, in: context)
    }
}

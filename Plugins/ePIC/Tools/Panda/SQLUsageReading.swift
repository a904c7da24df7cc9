import PanDAKit
import PluginKit

/// Sums up what jobs used from PanDA's tables.
struct SQLUsageReading: UsageReading {
    private let source: SQLSource
    /// No more users or sites are read.
    private let maximumNames: Int

    /// Creates a reader; by default of at most 5000 users and sites.
    init(source: SQLSource = .panda, maximumNames: Int = 5000) {
        self.source = source
        self.maximumNames = maximumNames
    }

    func usage(matching query: UsageQuery, in context: CallContext) async throws(ToolError) -> UsageFacts {
        let sites = try await rows(UsageStatements.bySite(query), in: context)
        let users = try await rows(UsageStatements.byUser(query), in: context)
        let days = try await rows(UsageStatements.byDay(query), in: context)
        return UsageFacts(
            bySite: sites.map { ($0.cleaned("name"), Self.usage($0)) },
            byUser: users.map { ($0.cleaned("name"), Self.usage($0)) },
            byDay: days.compactMap { row in row.time("name").map { ($0, Self.usage(row)) } }
        )
    }

    private func rows(_ statement: Statement, in context: CallContext) async throws(ToolError) -> Rows {
        let rows = try await source.rows(statement, maximumRows: maximumNames, in: context)
        guard !rows.isTruncated else {
            throw ToolError(.tooLarge, "There is more usage than can be summed up.", hint: "Ask for fewer days.")
        }
        return rows
    }

    private static func usage(_ row: Row) -> Usage {
        Usage(
            jobs: row.integer("n") ?? 0,
            allocatedCoreSeconds: row.number("allocated") ?? 0,
            usedCoreSeconds: row.number("used") ?? 0,
            wallSeconds: row.number("wall") ?? 0
        )
    }
}

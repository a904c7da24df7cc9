import PanDAKit
import PluginKit

/// Sums up what jobs used from PanDA's tables.
struct SQLUsageReading: UsageReading {
    private let source: SQLSource
    /// No more users, sites and days are read.
    private let maximumNames: Int

    /// Creates a reader; by default of at most 9000 users, sites and days together.
    init(source: SQLSource = .panda, maximumNames: Int = 9000) {
        self.source = source
        self.maximumNames = maximumNames
    }

    func usage(matching query: UsageQuery, in context: CallContext) async throws(ToolError) -> UsageFacts {
        let rows = try await source.rows(UsageStatements.sums(query), maximumRows: maximumNames, in: context)
        guard !rows.isTruncated else {
            throw ToolError(.tooLarge, "There is more usage than can be summed up.", hint: "Ask for fewer days.")
        }
        func sums(_ kind: String) -> [Row] { rows.filter { $0.text("kind") == kind } }
        return UsageFacts(
            bySite: sums("site").map { ($0.cleaned("name"), Self.usage($0)) },
            byUser: sums("user").map { ($0.cleaned("name"), Self.usage($0)) },
            byDay: sums("day").compactMap { row in row.time("name").map { ($0, Self.usage(row)) } }
        )
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

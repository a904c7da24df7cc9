import PanDAKit
import PluginKit

/// Reads failed jobs and their errors from PanDA's tables.
struct SQLFailureReading: FailureListing, ErrorReading {
    private let source: SQLSource
    private let pages: MonitorPages
    /// No more groups of jobs are read of one component, nor more combinations of codes.
    private let maximumGroups: Int

    /// Creates a reader; by default of at most 9000 groups of each component.
    init(source: SQLSource = .panda, pages: MonitorPages, maximumGroups: Int = 9000) {
        self.source = source
        self.pages = pages
        self.maximumGroups = maximumGroups
    }

    func failures(matching query: FailureQuery, in context: CallContext) async throws(ToolError) -> FailurePage {
        let combinations = try await combinations(of: query, in: context)
        let statement = FailureStatements.page(of: query)
        let rows = try await source.rows(statement, maximumRows: query.limit + 1, in: context)
        return FailurePage(
            jobs: rows.prefix(query.limit).compactMap(Self.job),
            hasMore: rows.count > query.limit,
            combinations: combinations,
            monitorURLs: query.taskID.map { pages.task($0) } ?? []
        )
    }

    func errors(matching query: FailureQuery, in context: CallContext) async throws(ToolError) -> ErrorFacts {
        var facts = ErrorFacts(
            combinations: try await combinations(of: query, in: context),
            groups: [],
            monitorURLs: query.taskID.map { pages.task($0) } ?? []
        )
        let present = Set(facts.combinations.flatMap(\.codes.keys))
        for component in ErrorComponent.allCases where present.contains(component) {
            guard query.component == nil || query.component == component else { continue }
            let statement = FailureStatements.groups(of: component, in: query, limit: maximumGroups + 1)
            let rows = try await source.rows(statement, maximumRows: maximumGroups + 1, in: context)
            if rows.count > maximumGroups || rows.isTruncated { facts.isComplete = false }
            facts.groups += rows.prefix(maximumGroups).compactMap { Self.group($0, of: component) }
        }
        return facts
    }

    private func combinations(
        of query: FailureQuery,
        in context: CallContext
    ) async throws(ToolError) -> [ErrorCombination] {
        let statement = FailureStatements.combinations(of: query)
        let rows = try await source.rows(statement, maximumRows: maximumGroups, in: context)
        guard !rows.isTruncated else {
            throw ToolError(.tooLarge, "There are more errors than can be counted.", hint: "Ask for fewer days.")
        }
        return rows.map { row in
            let codes = ErrorComponent.allCases.compactMap { component in
                row.integer(component.codeColumn).flatMap { $0 == 0 ? nil : (component, $0) }
            }
            return ErrorCombination(
                status: row.cleaned("jobstatus") ?? "unknown",
                codes: Dictionary(codes, uniquingKeysWith: { first, _ in first }),
                jobs: row.integer("n") ?? 0
            )
        }
    }

    private static func group(_ row: Row, of component: ErrorComponent) -> ErrorFacts.Group? {
        guard let code = row.integer("code"), code != 0, let newest = row.integer("newest") else { return nil }
        return ErrorFacts.Group(
            component: component,
            code: code,
            diagnosis: row.cleaned("diagnosis"),
            site: row.cleaned("computingsite"),
            user: row.cleaned("produsername"),
            jeditaskid: row.positive("jeditaskid"),
            jobs: row.integer("n") ?? 0,
            neverStarted: row.integer("unstarted") ?? 0,
            pandaid: newest
        )
    }

    private static func job(_ row: Row) -> FailedJob? {
        guard let pandaid = row.integer("pandaid"), let status = row.cleaned("jobstatus") else { return nil }
        let errors = JobErrors.all(
            code: { row.integer($0.codeColumn) },
            diagnosis: { $0.diagnosisColumn.flatMap { row.text($0) } }
        )
        var job = FailedJob(pandaid: pandaid, status: status, errors: errors)
        job.jeditaskid = row.positive("jeditaskid")
        job.reqid = row.positive("reqid")
        job.name = row.cleaned("jobname")
        job.username = row.cleaned("produsername")
        job.site = row.cleaned("computingsite")
        job.computingElement = row.cleaned("computingelement")
        job.transformation = row.cleaned("transformation")
        job.attempt = row.positive("attemptnr")
        job.created = row.pandaTime("creationtime")
        job.started = row.pandaTime("starttime")
        job.ended = row.pandaTime("endtime")
        job.modified = row.pandaTime("modificationtime")
        job.maximumRSSKilobytes = row.positive("maxrss")
        job.commandToPilot = row.cleaned("commandtopilot")
        return job
    }
}

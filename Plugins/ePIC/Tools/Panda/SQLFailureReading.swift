import PanDAKit
import PluginKit

/// Reads failed jobs and their errors from PanDA's tables.
struct SQLFailureReading: FailureListing, ErrorReading {
    private let source: SQLSource
    private let pages: MonitorPages
    private let errorStatement = ErrorStatement()

    /// No more combinations of codes are read.
    private static let mostCombinations = 9000

    init(source: SQLSource = .panda, pages: MonitorPages) {
        self.source = source
        self.pages = pages
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
        let statement = errorStatement.statement(query)
        let rows = try await source.rows(statement, maximumRows: errorStatement.mostRows, in: context)
        var facts = ErrorFacts(counts: [:], groups: [], monitorURLs: query.taskID.map { pages.task($0) } ?? [])
        var places: [Int: [String: (shares: ErrorFacts.Shares, newest: [Int])]] = [:]
        for row in rows {
            guard let kind = row.text("kind"), let id = row.integer("id"), let jobs = row.integer("n") else { continue }
            if kind == "component", let component = Self.component(row) {
                facts.counts[component] = jobs
            } else if kind != "group" {
                var place = places[id, default: [:]][kind] ?? (ErrorFacts.Shares(), [])
                place.shares.largest.append((row.cleaned("text"), jobs))
                place.shares.count = row.integer("names") ?? 0
                place.newest.append(row.integer("newest") ?? 0)
                places[id, default: [:]][kind] = place
            }
        }
        for row in rows where row.text("kind") == "group" {
            facts.isComplete = facts.isComplete && row.integer("names") ?? 0 <= errorStatement.mostPlaced
            guard let id = row.integer("id"), let group = Self.group(row, places[id] ?? [:]) else { continue }
            facts.groups.append(group)
        }
        if rows.isTruncated { facts.isComplete = false }
        return facts
    }

    private func combinations(
        of query: FailureQuery,
        in context: CallContext
    ) async throws(ToolError) -> [ErrorCombination] {
        let statement = FailureStatements.combinations(of: query)
        let rows = try await source.rows(statement, maximumRows: Self.mostCombinations, in: context)
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

    private static func component(_ row: Row) -> ErrorComponent? {
        row.text("component").flatMap { ErrorComponent(rawValue: $0) }
    }

    private static func group(
        _ row: Row,
        _ places: [String: (shares: ErrorFacts.Shares, newest: [Int])]
    ) -> ErrorFacts.Group? {
        guard let component = component(row),
            let code = row.text("code").flatMap({ Int($0) }), code != 0, let newest = row.integer("newest")
        else { return nil }
        let ofTasks = (places["task"]?.newest ?? []).filter { $0 != newest }
        return ErrorFacts.Group(
            component: component,
            code: code,
            diagnosis: row.cleaned("text"),
            jobs: row.integer("n") ?? 0,
            neverStarted: row.integer("unstarted") ?? 0,
            pandaids: [newest] + ofTasks,
            sites: places["site"]?.shares ?? ErrorFacts.Shares(),
            users: places["user"]?.shares ?? ErrorFacts.Shares(),
            tasks: places["task"]?.shares ?? ErrorFacts.Shares()
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

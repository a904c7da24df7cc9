import JSON
package import PluginKit

/// Counts errors from a BigPanDA monitor, which groups them by code and gives one of the texts of each.
package struct MonitorErrorReading: ErrorReading {
    private let rows: MonitorRows
    /// How many failed jobs the monitor looks at.
    private let maximumJobs: Int
    private let pages: MonitorPages

    /// Creates a reader; by default the monitor looks at no more than 100 000 failed jobs.
    package init(rows: MonitorRows, pages: MonitorPages, maximumJobs: Int = 100_000) {
        self.rows = rows
        self.pages = pages
        self.maximumJobs = maximumJobs
    }

    /// How the monitor spreads errors, by the name of the block.
    private enum Spread: String, CaseIterable {
        case sites = "errsBySite"
        case users = "errsByUser"
        case tasks = "errsByTask"
    }

    package func errors(matching query: FailureQuery, in context: CallContext) async throws(ToolError) -> ErrorFacts {
        let filter = MonitorJobFilter(query)
        let answer = try await answer(filter, in: context)
        let jobs = Self.jobs(in: answer.record)
        let entries = answer.record.records("errsByCount").compactMap(Self.entry)
        let spreads = Spread.allCases.map { Self.shares(in: answer.record.records($0.rawValue)) }
        return ErrorFacts(
            counts: Dictionary(entries.map { ($0.component, $0.jobs) }, uniquingKeysWith: +),
            groups: entries.filter { query.component == nil || $0.component == query.component }.map { entry in
                ErrorFacts.Group(
                    component: entry.component,
                    code: entry.code,
                    diagnosis: entry.diagnosis,
                    jobs: entry.jobs,
                    neverStarted: nil,
                    pandaids: entry.example.map { [$0] } ?? [],
                    sites: spreads[0][entry.key] ?? ErrorFacts.Shares(),
                    users: spreads[1][entry.key] ?? ErrorFacts.Shares(),
                    tasks: spreads[2][entry.key] ?? ErrorFacts.Shares()
                )
            },
            isComplete: jobs < maximumJobs,
            window: query.taskID == nil
                ? MonitorWindow(filter.window, now: context.now).covered
                : Window(
                    start: context.now.subtracting(days: MonitorWindow.daysOfOneTask),
                    end: context.now,
                    defaulted: filter.window.defaulted
                ),
            note: answer.note
                ?? (query.taskID == nil
                    ? nil : "Of one task all failures of \(MonitorWindow.daysOfOneTask) days are counted."),
            monitorURLs: query.taskID.map { pages.task($0) } ?? []
        )
    }

    /// The monitor's answer; without sites, users and tasks where it is too large with them.
    private func answer(
        _ filter: MonitorJobFilter,
        in context: CallContext
    ) async throws(ToolError) -> (record: MonitorRecord, note: String?) {
        let counts = ["jobSummary", "errsByCount"]
        do {
            return (try await record(counts + Spread.allCases.map(\.rawValue), filter, in: context), nil)
        } catch {
            guard error.code == .tooLarge else { throw error }
            let note = "There are too many sites, users and tasks to tell them; ask for fewer days or one site."
            return (try await record(counts, filter, in: context), note)
        }
    }

    private func record(
        _ blocks: [String],
        _ filter: MonitorJobFilter,
        in context: CallContext
    ) async throws(ToolError) -> MonitorRecord {
        let document = try await rows.document(
            at: "/errors/",
            query: filter.query(now: context.now) + [
                ("fields", blocks.joined(separator: ",")), ("limit", String(maximumJobs)),
            ],
            in: context
        )
        guard let document, document["errsByCount"]?.kind == .array else {
            throw MonitorAnswer.unreadable("no errors by count")
        }
        return MonitorRecord(document)
    }

    /// How many failed jobs there are: the sum over their states.
    private static func jobs(in answer: MonitorRecord) -> Int {
        answer.records("jobSummary").first { $0.text("field") == "jobstatus" }?
            .records("list").reduce(0) { $0 + ($1.count("kvalue") ?? 0) } ?? 0
    }

    private struct Entry {
        let component: ErrorComponent
        let code: Int
        let diagnosis: String?
        let jobs: Int
        let example: Int?

        var key: Key { Key(component: component, code: code) }
    }

    private struct Key: Hashable {
        let component: ErrorComponent
        let code: Int
    }

    private static func entry(_ record: MonitorRecord) -> Entry? {
        guard let component = MonitorTaskJobs.component(of: record), let code = record.integer("codeval"), code != 0
        else { return nil }
        return Entry(
            component: component,
            code: code,
            diagnosis: record.text("diag", limit: 256),
            jobs: record.count("count") ?? 1,
            example: record.count("example_pandaid")
        )
    }

    /// For each error the names with the most jobs that carry it.
    private static func shares(in groups: [MonitorRecord]) -> [Key: ErrorFacts.Shares] {
        var found: [Key: [(name: String?, jobs: Int)]] = [:]
        for group in groups {
            let name = group.text("name")
            for entry in group.records("errorlist").compactMap(entry) {
                found[entry.key, default: []].append((name, entry.jobs))
            }
        }
        return found.mapValues { shares in
            ErrorFacts.Shares(Array(shares.sorted { $0.jobs > $1.jobs }.prefix(10)), count: shares.count)
        }
    }
}

import JSON
import PanDAKit
package import PluginKit

/// Lists runs of a time window, newest first, with their progress.
package struct ListRunsTool: Tool {
    package struct Input: Decodable, Sendable {
        let user: String?
        let state: String?
        let days: Int?
        let start_time: String?
        let end_time: String?
        let limit: Int?
        let cursor: String?
    }

    private static let defaultDays = 7
    private static let defaultLimit = 50

    package static let description = ToolDescription(
        name: "list_runs",
        title: "List runs",
        summary: """
            BPS runs submitted in a time window (the last 7 days unless said otherwise), newest first, with their \
            progress and counts by state over everything that matches. Filter by user and state. For the labels, \
            failures and exit codes of one run use run_report.
            """,
        input: .object([
            .optional("user", .string("Who submitted it, or a pattern with %; in any case.", maximumLength: 256)),
            .optional(
                "state",
                .string(
                    "A state of BPS (SUCCEEDED, FAILED, RUNNING, HELD, DELETED) or a status of iDDS (Transforming, "
                        + "SubFinished, …).",
                    maximumLength: 64
                )
            ),
            .optional("days", .integer("How many days back; instead of start_time.", minimum: 1, maximum: 3660)),
            .optional("start_time", .time("The window's beginning.")),
            .optional("end_time", .time("The window's end; now unless given.")),
            .optional("limit", .integer("How many runs to show.", minimum: 1, maximum: 200, default: defaultLimit)),
            .optional("cursor", .string(maximumLength: 128)),
        ]),
        output: .list(
            of: RunListItem.schema,
            summary: .dictionary(of: .integer(minimum: 0), "State → number of runs, over everything that matches.")
        )
    )

    private let runs: any RunListing

    package init(runs: any RunListing) {
        self.runs = runs
    }

    package func call(_ input: Input, in context: CallContext) async throws(ToolError) -> ListResult<RunListItem> {
        let question = try WindowedQuestion(
            days: input.days,
            start: input.start_time,
            end: input.end_time,
            cursor: input.cursor,
            defaultDays: Self.defaultDays,
            now: context.now
        )
        var state: RunStateFilter?
        if let word = input.state { state = try RunStateFilter(word) }
        let limit = input.limit ?? Self.defaultLimit
        let found = try await runs.runs(in: context)
        let chosen = RunSelection(window: question.window, user: input.user, state: state).chosen(from: found)
        let rest = chosen.runs.filter { run in question.beforeID.map { run.requestID < $0 } ?? true }
        return ListResult(
            Array(rest.prefix(limit)),
            totalCount: chosen.runs.count,
            hasMore: rest.count > limit,
            budgetBytes: context.budgetBytes,
            summary: Self.summary(of: chosen.runs),
            window: question.window,
            filtersApplied: Self.filters(user: input.user, state: state, limit: limit),
            hint: chosen.hint ?? (chosen.runs.isEmpty ? question.hintForNothing : nil),
            cursor: { question.cursor(after: $0.requestID) }
        )
    }

    private static func summary(of runs: [RunListItem]) -> JSONValue {
        .counts(
            WmsState.ofRuns.compactMap { state in
                let count = runs.count { $0.state == state }
                return count > 0 ? (state.rawValue, count) : nil
            }
        )
    }

    private static func filters(user: String?, state: RunStateFilter?, limit: Int) -> JSONValue {
        var filters = JSONObject()
        filters["user"] = user.map(JSONValue.string)
        filters["state"] = state.map { .string($0.word) }
        filters["limit"] = .integer(limit)
        return .object(filters)
    }
}

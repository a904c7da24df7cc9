import JSON
package import PluginKit

/// Groups the errors of a time window by code and by what their texts have in common.
package struct ErrorSummaryTool: Tool {
    package struct Input: Decodable, Sendable {
        let days: Int?
        let start_time: String?
        let end_time: String?
        let username: String?
        let site: String?
        let destinationse: String?
        let taskid: Int?
        let error_source: String?
        let limit: Int?
    }

    private static let defaultDays = 10
    private static let defaultLimit = 20

    package static let description = ToolDescription(
        name: "panda_error_summary",
        title: "Errors by pattern",
        summary: """
            Errors of PanDA jobs that failed, were cancelled or closed in a window (10 days by default), grouped by \
            code and text, the most frequent first, with users, sites, tasks and samples. For "what goes wrong most?" \
            and "is it one site?". Single jobs: panda_diagnose_jobs.
            """,
        input: .object([
            .optional("days", .integer("Instead of start_time.", minimum: 1, maximum: 3660)),
            .optional("start_time", .time()),
            .optional("end_time", .time()),
            .optional("username", .string("Or a pattern with %.", maximumLength: 256)),
            .optional("site", .string("Queue, or a pattern with %.", maximumLength: 256)),
            .optional("destinationse", .string("Or a pattern with %.", maximumLength: 256)),
            .optional("taskid", .integer(minimum: 1)),
            .optional(
                "error_source",
                .string("As the component of panda_diagnose_jobs.", maximumLength: 32)
            ),
            .optional("limit", .integer(minimum: 1, maximum: 200, default: defaultLimit)),
        ]),
        output: .list(of: ErrorPattern.schema, summary: summarySchema)
    )

    private static let summarySchema = Schema.object([
        .required("errors", .integer("All errors that match; a job with two counts twice.", minimum: 0)),
        .required("by_component", .dictionary(of: .integer(minimum: 0), "Component → errors that match.")),
        .required("is_complete", .boolean("False when not all texts were read into the patterns.")),
    ])

    private let errors: any ErrorReading

    package init(errors: any ErrorReading) {
        self.errors = errors
    }

    package func call(
        _ input: Input,
        in context: CallContext
    ) async throws(ToolError) -> ListResult<ErrorPattern> {
        let question = try WindowedQuestion(
            days: input.days,
            start: input.start_time,
            end: input.end_time,
            cursor: nil,
            defaultDays: Self.defaultDays,
            now: context.now
        )
        let component = try FailureQuery.component(input.error_source, "error_source")
        let limit = input.limit ?? Self.defaultLimit
        let query = FailureQuery(
            question: question,
            username: input.username,
            site: input.site,
            taskID: input.taskid,
            destination: input.destinationse,
            component: component,
            limit: limit
        )
        let facts = try await errors.errors(matching: query, in: context)
        let patterns = ErrorPattern.patterns(of: facts.groups)
        let counts = FailureSummary.summed(facts.counts.map { ($0.key.rawValue, $0.value) })
            .filter { component == nil || $0.name == component?.rawValue }
        return ListResult(
            Array(patterns.prefix(limit)),
            totalCount: patterns.count,
            hasMore: patterns.count > limit,
            budgetBytes: context.budgetBytes,
            summary: [
                "errors": .integer(counts.reduce(0) { $0 + $1.count }),
                "by_component": .counts(counts.map { ($0.name, $0.count) }),
                "is_complete": .bool(facts.isComplete),
            ],
            window: facts.window ?? question.window,
            filtersApplied: query.filters(componentName: "error_source"),
            hint: Self.hint(facts, patterns: patterns.count, limit: limit, question),
            monitorURLs: facts.monitorURLs
        )
    }

    private static func hint(
        _ facts: ErrorFacts,
        patterns: Int,
        limit: Int,
        _ question: WindowedQuestion
    ) -> String? {
        if !facts.isComplete {
            return "Too many different texts to read them all; counts of patterns are lower bounds. Ask for fewer days."
        }
        if let note = facts.note { return note }
        if patterns == 0 { return question.hintForNothing }
        return patterns > limit ? "For the rarer patterns give a larger limit, or an error_source." : nil
    }
}

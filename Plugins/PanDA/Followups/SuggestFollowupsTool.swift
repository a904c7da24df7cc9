package import PluginKit

/// Says what one may want to ask next about a job or a task, and how.
package struct SuggestFollowupsTool: Tool {
    package struct Input: Decodable, Sendable {
        let pandaid: Int?
        let jeditaskid: Int?
    }

    /// The questions.
    package struct Output: Encodable, Sendable {
        package let followups: [Followup]
    }

    private static let most = 4

    package static let description = ToolDescription(
        name: "panda_suggest_followups",
        title: "What to ask next",
        summary: """
            At most four questions that follow from the state of a job or a task, each with the call that answers it. Use \
            it after panda_study_job or panda_study_task to offer next steps.
            """,
        input: .object([
            .optional("pandaid", .integer("The PanDA job that was asked about.", minimum: 1)),
            .optional(
                "jeditaskid",
                .integer("Or the task.", minimum: 1, maximum: 9_007_199_254_740_991)
            ),
        ]),
        output: .object([
            .required("followups", .array(of: Followup.schema, "The most useful first; only calls you may make."))
        ])
    )

    private let jobs: any JobReading
    private let tasks: any TaskReading
    /// The experiment's own tools.
    private let offered: Set<String>

    /// Suggests calls of the tools offered.
    package init(jobs: any JobReading, tasks: any TaskReading, offered: [String]) {
        self.jobs = jobs
        self.tasks = tasks
        self.offered = Set(offered)
    }

    package func call(_ input: Input, in context: CallContext) async throws(ToolError) -> Output {
        let callable = try await context.callableTools() ?? offered
        var tools: Set<String> = []
        let questions = try await questions(input, in: context)
            .filter { offered.contains($0.tool) && callable.contains($0.tool) }
        // One that does something comes before the one that says how it is done.
        let chosen = questions.filter { question in
            let isAdvice = question.tool == "ask_docs"
            return !isAdvice || !questions.contains { $0.tool.hasSuffix("_kill") || $0.tool.hasSuffix("_retry") }
        }
        .filter { tools.insert($0.tool).inserted }
        return Output(followups: Array(chosen.prefix(Self.most)))
    }

    private func questions(_ input: Input, in context: CallContext) async throws(ToolError) -> [Followup] {
        switch (input.pandaid, input.jeditaskid) {
        case (let id?, nil):
            guard let job = try await jobs.job(withID: id, in: context) else {
                throw ToolError(.notFound, "There is no job \(id).", hint: "The id of a task is not the id of a job.")
            }
            return Followups.after(job)
        case (nil, let id?):
            guard let task = try await tasks.task(withID: id, in: context) else {
                throw ToolError(.notFound, "There is no task \(id).", hint: "The id of a job is not the id of a task.")
            }
            return Followups.after(task)
        default: throw ToolError(.invalidArgument, "pandaid and jeditaskid: give one of them.")
        }
    }
}

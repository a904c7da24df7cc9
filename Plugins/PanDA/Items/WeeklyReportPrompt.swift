package import PluginKit

/// "How did last week go?", asked so that the answer rests on figures.
package struct WeeklyReportPrompt: Prompt {
    package static let description = PromptDescription(
        name: "weekly_report",
        title: "Report of the last week",
        summary: "Sums up how PanDA's work went in the last seven days.",
        arguments: [.init("group_by", "site, user, share or type; site without it.", isRequired: false)]
    )

    package init() {}

    package func messages(
        _ arguments: [String: String],
        in context: CallContext
    ) async throws(ToolError) -> [PromptMessage] {
        let grouping = arguments["group_by"].flatMap { $0.isEmpty ? nil : $0 } ?? "site"
        guard PerformanceQuery.Grouping(rawValue: grouping) != nil else {
            throw ToolError(.invalidArgument, "The argument \"group_by\" must be site, user, share or type.")
        }
        return [
            PromptMessage(
                .user,
                """
                Write a report of the last seven days. Use panda_performance_summary with group_by \(grouping). Say how \
                many jobs finished and failed, what changed against the week before, which \(grouping)s stand out, which \
                errors are most frequent and what they mean, and how well the cores were used. Take all numbers from the \
                answer, name its window, and end with what its limits say.
                """
            )
        ]
    }
}

package import PluginKit

/// "How do I run this?", asked so that the answer rests on the documentation.
package struct SubmitHelpPrompt: Prompt {
    package static let description = PromptDescription(
        name: "submit_help",
        title: "Help with a submission",
        summary: "Finds out from the documentation how to run something on the grid.",
        arguments: [.init("what", "What shall run, in a sentence.")]
    )

    package init() {}

    package func messages(
        _ arguments: [String: String],
        in context: CallContext
    ) async throws(ToolError) -> [PromptMessage] {
        let what = CleanText.plain(arguments["what"] ?? "", limit: 500)
        guard what.contains(where: \.isLetter) else {
            throw ToolError(.invalidArgument, "The argument \"what\" must say what shall run.")
        }
        return [
            PromptMessage(
                .user,
                """
                I want to run this on the grid: \(what)
                Ask ask_docs how such work is submitted, and once more for whatever the first answer leaves open. Give me \
                the commands with their options, say of each where the documentation tells it (document, section, \
                address), and say plainly what it does not tell. Do not invent options.
                """
            )
        ]
    }
}

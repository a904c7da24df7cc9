import JSON
package import PluginKit

/// Finds the passages of an experiment's documents that answer a question.
package struct AskDocsTool: Tool {
    package struct Input: Decodable, Sendable {
        let question: String
        let limit: Int?
    }

    /// What is answered.
    package struct Output: Encodable, Sendable {
        let passages: [Item]
        let hint: String?
    }

    package struct Item: Encodable, Sendable {
        let document: String
        let section: String?
        let url: String?
        let text: String
        let score: Double
    }

    private static let defaultLimit = 5
    private static let longestText = 2000

    package static let description = ToolDescription(
        name: "ask_docs",
        title: "Search the documentation",
        summary: """
            Passages of the experiment's documentation that fit a question best, with document, section and address. Use \
            it for "how do I …?" and "what does … mean?". The passages are what the documents say, not an answer: read \
            them and cite them. Errors of jobs by number: panda_explain_error.
            """,
        input: .object([
            .required("question", .string("A question, or the words to look for.", maximumLength: 500)),
            .optional("limit", .integer("How many passages.", minimum: 1, maximum: 10, default: defaultLimit)),
        ]),
        output: .object([
            .required(
                "passages",
                .array(
                    of: .object([
                        .required("document", .string("Its path among the documents.")),
                        .optional("section", .string("The headings above the passage.")),
                        .optional("url", .string("Where to read on.")),
                        .required("text", .untrustedText("The passage.")),
                        .required("score", .number("How well it fits; comparable within one answer only.")),
                    ]),
                    "The best first; empty when the documents do not speak of it."
                )
            ),
            .optional("hint", .string("What to try next.")),
        ])
    )

    private let collection: String

    /// Searches a collection the manifest names.
    package init(collection: String) {
        self.collection = collection
    }

    package func call(_ input: Input, in context: CallContext) async throws(ToolError) -> Output {
        guard input.question.contains(where: { $0.isLetter || $0.isNumber }) else {
            throw ToolError(.invalidArgument, "question: holds no word to look for.")
        }
        let found: [DocumentPassage]
        do {
            found = try await context.documents(collection)
                .search(input.question, limit: input.limit ?? Self.defaultLimit)
        } catch {
            guard error.code == .notFound else { throw error }
            throw ToolError(
                .unavailable,
                "No documentation is indexed for this experiment.",
                hint: "Answer without it, and say so.",
                detail: error.message
            )
        }
        var room = context.budgetBytes
        let passages = found.map(Self.item).prefix { item in
            room -= item.text.utf8.count + 512
            return room > 0
        }
        return Output(
            passages: Array(passages),
            hint: found.isEmpty ? "The documents do not speak of it in these words; try others, or fewer." : nil
        )
    }

    private static func item(_ passage: DocumentPassage) -> Item {
        let section = UntrustedText.cleaned(passage.section, limit: 512)
        return Item(
            document: UntrustedText.cleaned(passage.document, limit: 512),
            section: section.isEmpty ? nil : section,
            url: passage.url.map { UntrustedText.cleaned($0, limit: 1024) },
            text: UntrustedText.cleaned(passage.text, limit: longestText),
            score: passage.score
        )
    }
}

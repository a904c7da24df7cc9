package import PluginKit

/// What an error code of PanDA means and what to do about it; from the code tables alone.
package struct ExplainErrorTool: Tool {
    package struct Input: Decodable, Sendable {
        package let code: Int?
        package let component: String?
        package let text: String?
    }

    package static let description = ToolDescription(
        name: "panda_explain_error",
        title: "Explain an error code",
        summary: """
            What a PanDA error or exit code, or a message, means and what to do, from the code tables; without component \
            of all that use it. Why one job failed: panda_study_job.
            """,
        input: .object([
            .optional("code", .integer("The error or exit code.", minimum: 1)),
            .optional("text", .string("Or its name or message.", maximumLength: 512)),
            .optional(
                "component",
                .choice(ErrorComponent.allCases.map(\.rawValue), "Which part reported it.")
            ),
        ]),
        output: ErrorExplanation.schema
    )

    package init() {}

    package func call(_ input: Input, in context: CallContext) async throws(ToolError) -> ErrorExplanation {
        let component = try Self.component(input.component)
        switch (input.code, input.text) {
        case (let code?, nil):
            if let explanation = ErrorExplanation(code: code, component: component) { return explanation }
            throw ToolError(
                .notFound,
                "No table has the code \(code)" + (component.map { " of the \($0.rawValue)" } ?? "") + ".",
                hint: Self.hint(for: code, component: component)
            )
        case (nil, let text?):
            let found = ErrorSearch.codes(for: text, component: component)
            if let explanation = ErrorExplanation(found) { return explanation }
            throw ToolError(
                .notFound,
                "No table has an error like this text.",
                hint: "Give the code where there is one; ask_docs may know the words."
            )
        default: throw ToolError(.invalidArgument, "code and text: give one of them.")
        }
    }

    private static func component(_ name: String?) throws(ToolError) -> ErrorComponent? {
        guard let name else { return nil }
        if let component = ErrorComponent(name: name) { return component }
        throw ToolError(
            .invalidArgument,
            "component: must be one of \(ErrorComponent.allCases.map(\.rawValue).joined(separator: ", "))."
        )
    }

    private static func hint(for code: Int, component: ErrorComponent?) -> String {
        let others = ErrorComponent.allCases.filter { $0.entry(for: code) != nil }.map(\.rawValue)
        if !others.isEmpty {
            return "The number is known to other components: \(others.joined(separator: ", "))."
        }
        if component == .supervisor || (component == nil && code >= 1000) {
            return "Large numbers of the supervisor are Harvester's own; the diagnosis beside the code says more."
        }
        if (129...192).contains(code) {
            return "An exit code of 128 and more means that signal \(code - 128) ended the payload."
        }
        return "Check the number and which component reported it; the diagnosis beside the code says more."
    }
}

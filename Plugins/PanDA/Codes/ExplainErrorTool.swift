package import PluginKit

/// What an error code of PanDA means and what to do about it; from the code tables alone.
package struct ExplainErrorTool: Tool {
    package struct Input: Decodable, Sendable {
        package let code: Int
        package let component: String?
    }

    package static let description = ToolDescription(
        name: "panda_explain_error",
        title: "Explain an error code",
        summary: """
            What a PanDA error or exit code means and what to do, from the code tables. Without component all that \
            use the number are told. Why one job failed: panda_study_job.
            """,
        input: .object([
            .required("code", .integer("The error or exit code.", minimum: 1)),
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
        if let explanation = ErrorExplanation(code: input.code, component: component) { return explanation }
        throw ToolError(
            .notFound,
            "No table has the code \(input.code)" + (component.map { " of the \($0.rawValue)" } ?? "") + ".",
            hint: Self.hint(for: input.code, component: component)
        )
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

import PluginKit

/// What the code tables say about a number.
package struct ErrorExplanation: Encodable, Hashable, Sendable {
    /// One component's meaning of the number.
    package struct Match: Encodable, Hashable, Sendable {
        package let component: String
        package let code: Int
        package let acronym: String?
        package let meaning: String
        package let category: String?
        /// False where the tables say that the user has nothing to do with it; absent where they do not say.
        package let isUserProblem: Bool?
        package let note: String?
        package let nextSteps: Steps?

        private enum CodingKeys: String, CodingKey {
            case component, code, acronym, meaning, category
            case isUserProblem = "is_user_problem"
            case note
            case nextSteps = "next_steps"
        }
    }

    /// What to do.
    package struct Steps: Encodable, Hashable, Sendable {
        package let user: [String]
        package let expert: [String]

        static let schema = Schema.object([
            .required("user", .array(of: .string(), "For who submitted the work.")),
            .required("expert", .array(of: .string(), "For who runs the system or the site.")),
        ])
    }

    package let code: Int
    package let summary: String
    package let matches: [Match]

    /// Looks the number up; the component named, or all, the pilot first.
    ///
    /// Nil when none knows it.
    package init?(code: Int, component: ErrorComponent?) {
        let components = component.map { [$0] } ?? Self.order
        matches = components.compactMap { Match($0, code: code) }
        guard let first = matches.first else { return nil }
        self.code = code
        let name = first.acronym.map { " (\($0))" } ?? ""
        summary =
            "\(first.component) \(code)\(name): \(first.meaning)."
            + (matches.count > 1 ? " \(matches.count - 1) other components use the number, too." : "")
    }

    /// Explains codes that were found by a text, the best first; nil when there are none.
    init?(_ found: [ErrorSearch.Found]) {
        matches = found.compactMap { Match($0.component, code: $0.code) }
        guard let first = matches.first else { return nil }
        code = first.code
        let name = first.acronym.map { " (\($0))" } ?? ""
        summary =
            "\(first.component) \(first.code)\(name): \(first.meaning)."
            + (matches.count > 1 ? " \(matches.count - 1) more fit the text less." : "")
    }

    private static let order = [.pilot] + ErrorComponent.allCases.filter { $0 != .pilot }

    static let schema = Schema.object([
        .required("code", .integer()),
        .required("summary", .string("The first of the meanings.")),
        .required(
            "matches",
            .array(
                of: .object([
                    .required("component", .choice(ErrorComponent.allCases.map(\.rawValue))),
                    .required("code", .integer()),
                    .optional("acronym", .string("The code's name in the software that sets it.")),
                    .required("meaning", .string("What the code table says.")),
                    .optional("category", .choice(ErrorCategory.allCases.map(\.rawValue))),
                    .optional("is_user_problem", .boolean("Absent where the tables do not say.")),
                    .optional("note", .string()),
                    .optional("next_steps", ErrorExplanation.Steps.schema),
                ]),
                "One for each component that uses the number, the pilot first; by text, the best first."
            )
        ),
    ])
}

extension ErrorExplanation.Match {
    init?(_ component: ErrorComponent, code: Int) {
        guard let entry = component.entry(for: code) else { return nil }
        self.component = component.rawValue
        self.code = code
        acronym = entry.acronym.isEmpty ? nil : entry.acronym
        meaning = entry.meaning
        category = ErrorCategory.category(of: component, code: code)?.rawValue
        note = ErrorGuidance.reassurance(for: component, code: code)
        isUserProblem = note == nil ? nil : false
        nextSteps = ErrorExplanation.Steps(component, code: code)
    }
}

extension ErrorExplanation.Steps {
    /// What to do about a code; nil where the tables do not say.
    init?(_ component: ErrorComponent, code: Int) {
        guard let guidance = ErrorGuidance.guidance(for: component, code: code) else { return nil }
        self.init(user: guidance.user, expert: guidance.expert)
    }

    /// What to do about a job's error.
    init?(_ error: JobError) {
        guard let component = ErrorComponent(rawValue: error.component) else { return nil }
        self.init(component, code: error.code)
    }
}

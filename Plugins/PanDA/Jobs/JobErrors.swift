/// Orders the errors of one job: a job can carry several, and not all of them say why it failed.
package enum JobErrors {
    /// Which error explains a failure best, the strongest first.
    ///
    /// What the payload or the pilot saw on the node comes before what the server concluded later.
    private static let precedence: [ErrorComponent] = [
        .pilot, .transformation, .executor, .ddm, .dispatcher, .supervisor, .taskbuffer, .brokerage,
    ]

    /// The errors read from a record, in the components' order.
    package static func all(
        code: (ErrorComponent) -> Int?,
        diagnosis: (ErrorComponent) -> String?
    ) -> [JobError] {
        ErrorComponent.allCases.compactMap { JobError($0, code: code($0), diagnosis: diagnosis($0)) }
    }

    /// The error that explains the failure best; nil when there is none.
    ///
    /// A code of the supervisor makes that of the task buffer a mere consequence, as the monitor also sees it.
    package static func primary(of errors: [JobError]) -> JobError? {
        let isSupervised = errors.contains { $0.component == ErrorComponent.supervisor.rawValue }
        return precedence.lazy
            .filter { !(isSupervised && $0 == .taskbuffer) }
            .compactMap { component in errors.first { $0.component == component.rawValue } }
            .first
    }
}

import PluginKit

/// Errors of one code whose texts differ only in what varies from job to job.
package struct ErrorPattern: Encodable, Sendable {
    package let component: String
    package let code: Int
    package let acronym: String?
    package let meaning: String?
    /// The text with its varying parts replaced; nil where the component wrote none.
    package let pattern: String?
    /// One of the texts as it was written.
    package let sample: String?
    package let jobs: Int
    package let neverStarted: Int?
    package let users: Distribution
    package let sites: Distribution
    package let tasks: Distribution
    /// The newest jobs of its largest groups.
    package let samplePandaids: [Int]

    private struct Key: Hashable {
        let component: ErrorComponent
        let code: Int
        let pattern: String
    }

    /// The patterns of all groups, the most frequent first.
    package static func patterns(
        of groups: [ErrorFacts.Group],
        maximumNames: Int = 5,
        maximumSamples: Int = 3
    ) -> [ErrorPattern] {
        Dictionary(grouping: groups) { group in
            Key(
                component: group.component,
                code: group.code,
                pattern: group.diagnosis.map(DiagnosisPattern.pattern) ?? ""
            )
        }
        .map { ErrorPattern($0, $1, maximumNames, maximumSamples) }
        .sorted {
            ($1.jobs, $0.component, $0.code, $0.pattern ?? "") < ($0.jobs, $1.component, $1.code, $1.pattern ?? "")
        }
    }

    private init(_ key: Key, _ groups: [ErrorFacts.Group], _ maximumNames: Int, _ maximumSamples: Int) {
        let groups = groups.sorted { ($1.jobs, $1.pandaids.first ?? 0) < ($0.jobs, $0.pandaids.first ?? 0) }
        let entry = key.component.entry(for: key.code)
        component = key.component.rawValue
        code = key.code
        acronym = entry.flatMap { $0.acronym.isEmpty ? nil : $0.acronym }
        meaning = entry?.meaning
        pattern = key.pattern.isEmpty ? nil : key.pattern
        sample = groups.first?.diagnosis
        jobs = groups.reduce(0) { $0 + $1.jobs }
        let unstarted = groups.compactMap(\.neverStarted)
        neverStarted = unstarted.isEmpty ? nil : unstarted.reduce(0, +)
        users = Distribution(of: groups.map(\.users), maximumNames: maximumNames)
        sites = Distribution(of: groups.map(\.sites), maximumNames: maximumNames)
        tasks = Distribution(of: groups.map(\.tasks), maximumNames: maximumNames)
        // One of each of the largest groups, then more of these.
        let first = groups.prefix(maximumSamples).compactMap(\.pandaids.first)
        let more = groups.prefix(maximumSamples).flatMap { $0.pandaids.dropFirst() }
        samplePandaids = Array((first + more).prefix(maximumSamples))
    }

    private enum CodingKeys: String, CodingKey {
        case component, code, acronym, meaning, pattern, sample, jobs
        case neverStarted = "never_started"
        case users, sites, tasks
        case samplePandaids = "sample_pandaids"
    }

    static let schema = Schema.object([
        .required("component", .choice(ErrorComponent.allCases.map(\.rawValue), "Which part of PanDA reports it.")),
        .required("code", .integer("The component's own error code.")),
        .optional("acronym", .string("The code's name in the software that sets it.")),
        .optional("meaning", .string("What the code means, from the code table.")),
        .optional("pattern", .untrustedText("What the texts have in common; <n>, <hex>, <path>, <time> vary.")),
        .optional("sample", .untrustedText("One of the texts, its first 256 characters.")),
        .required("jobs", .integer("A job with two errors counts for both.", minimum: 0)),
        .optional("never_started", .integer("How many of the jobs never started.", minimum: 0)),
        .required("users", Distribution.schema("Who submitted the jobs.")),
        .required("sites", Distribution.schema("The queues of the jobs.")),
        .required("tasks", Distribution.schema("The jobs' tasks by id.")),
        .required("sample_pandaids", .array(of: .integer(), "Jobs to look at with panda_study_job.")),
    ])
}

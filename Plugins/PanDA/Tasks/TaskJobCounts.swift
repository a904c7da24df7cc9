import PluginKit

/// The jobs of a task, counted.
package struct TaskJobCounts: Encodable, Hashable, Sendable {
    /// How many jobs are in one state.
    package struct Status: Encodable, Hashable, Sendable {
        package let status: String
        package let jobs: Int

        static let schema = Schema.object([.required("status", .string()), .required("jobs", .integer())])
    }

    /// How many jobs are or were at one site.
    package struct Site: Encodable, Hashable, Sendable {
        package let site: String
        package let jobs: Int
        package let failed: Int

        static let schema = Schema.object([
            .required("site", .string("The queue.")),
            .required("jobs", .integer()),
            .required("failed", .integer()),
        ])
    }

    package let total: Int
    package let byStatus: [Status]
    package let bySite: [Site]
    package let byError: [TaskErrorCount]

    /// Counts jobs given one by one, by state and site.
    package init(
        _ jobs: [(status: String, site: String?)],
        errors: [TaskErrorCount],
        maximumSites: Int = 20,
        maximumErrors: Int = 10
    ) {
        self.init(
            counted: jobs.map { ($0.status, $0.site, 1) },
            errors: errors,
            maximumSites: maximumSites,
            maximumErrors: maximumErrors
        )
    }

    /// Sums up jobs counted by state and site; states come in the order a job passes through them.
    package init(
        counted jobs: [(status: String, site: String?, jobs: Int)],
        errors: [TaskErrorCount],
        maximumSites: Int = 20,
        maximumErrors: Int = 10
    ) {
        total = jobs.reduce(0) { $0 + $1.jobs }
        let order = JobState.meanings.map(\.state)
        byStatus = Dictionary(grouping: jobs, by: \.status)
            .map { Status(status: $0.key, jobs: $0.value.reduce(0) { $0 + $1.jobs }) }
            .sorted { left, right in
                let places = (order.firstIndex(of: left.status) ?? .max, order.firstIndex(of: right.status) ?? .max)
                return places.0 == places.1 ? left.status < right.status : places.0 < places.1
            }
        let sites = Dictionary(grouping: jobs.filter { $0.site != nil }, by: { $0.site ?? "" })
            .map { site, jobs in
                Site(
                    site: site,
                    jobs: jobs.reduce(0) { $0 + $1.jobs },
                    failed: jobs.reduce(0) { $0 + ($1.status == "failed" ? $1.jobs : 0) }
                )
            }
            .sorted { ($1.jobs, $0.site) < ($0.jobs, $1.site) }
        bySite = Array(sites.prefix(maximumSites))
        byError = Array(errors.sorted { $0.jobs > $1.jobs }.prefix(maximumErrors))
    }

    private enum CodingKeys: String, CodingKey {
        case total
        case byStatus = "by_status"
        case bySite = "by_site"
        case byError = "by_error"
    }

    static let schema = Schema.object(
        [
            .required("total", .integer("How many jobs were counted.")),
            .required("by_status", .array(of: Status.schema)),
            .required("by_site", .array(of: Site.schema, "The sites with most jobs.")),
            .required("by_error", .array(of: TaskErrorCount.schema, "The most frequent errors.")),
        ],
        "The task's jobs; missing_parts says when earlier attempts are among them."
    )
}

/// How many jobs of a task report one error.
package struct TaskErrorCount: Encodable, Hashable, Sendable {
    package let component: String
    package let code: Int
    package let acronym: String?
    package let meaning: String?
    /// What one of the jobs wrote; untrusted text.
    package let diagnosis: String?
    package let jobs: Int
    package let examplePandaID: Int?

    /// Nil when the code says that there is no error.
    package init?(_ component: ErrorComponent, code: Int?, diagnosis: String?, jobs: Int, examplePandaID: Int?) {
        guard let error = JobError(component, code: code, diagnosis: diagnosis) else { return nil }
        self.component = error.component
        self.code = error.code
        acronym = error.acronym
        meaning = error.meaning
        self.diagnosis = error.diagnosis
        self.jobs = jobs
        self.examplePandaID = examplePandaID
    }

    private enum CodingKeys: String, CodingKey {
        case component, code, acronym, meaning, diagnosis, jobs
        case examplePandaID = "example_pandaid"
    }

    static let schema = Schema.object([
        .required("component", .choice(ErrorComponent.allCases.map(\.rawValue))),
        .required("code", .integer()),
        .optional("acronym", .string()),
        .optional("meaning", .string("What the code means, from the code table.")),
        .optional("diagnosis", .untrustedText("What one of the jobs wrote.")),
        .required("jobs", .integer("How many jobs report it.")),
        .optional("example_pandaid", .integer("One of them; study it for the details.")),
    ])
}

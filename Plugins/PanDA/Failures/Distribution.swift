import PluginKit

/// How jobs are spread over users, sites or tasks: the most frequent, and how many more there are.
package struct Distribution: Encodable, Hashable, Sendable {
    package struct Share: Encodable, Hashable, Sendable {
        package let name: String
        package let jobs: Int
    }

    package let top: [Share]
    package let leftOut: Int

    /// Sums up shares; at most `maximumNames` are named.
    init(of jobs: [(name: String?, jobs: Int)], maximumNames: Int) {
        let summed = FailureSummary.summed(jobs.map { ($0.name ?? ActivityBucket.nameless, $0.jobs) })
        top = summed.prefix(maximumNames).map { Share(name: $0.name, jobs: $0.count) }
        leftOut = max(0, summed.count - maximumNames)
    }

    private enum CodingKeys: String, CodingKey {
        case top
        case leftOut = "left_out"
    }

    static func schema(_ description: String) -> Schema {
        .object(
            [
                .required(
                    "top",
                    .array(of: .object([.required("name", .string()), .required("jobs", .integer(minimum: 0))]))
                ),
                .required("left_out", .integer("How many more there are.", minimum: 0)),
            ],
            description
        )
    }
}

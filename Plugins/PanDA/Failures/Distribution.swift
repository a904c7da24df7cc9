import PluginKit

/// How jobs are spread over users, sites or tasks: the most frequent, and how many more there are.
package struct Distribution: Encodable, Hashable, Sendable {
    package struct Share: Encodable, Hashable, Sendable {
        package let name: String
        package let jobs: Int
    }

    package let top: [Share]
    package let leftOut: Int

    /// Sums up the shares of several groups; at most `maximumNames` are named.
    init(of groups: [ErrorFacts.Shares], maximumNames: Int) {
        let largest = groups.flatMap(\.largest)
        let summed = FailureSummary.summed(largest.map { ($0.name ?? ActivityBucket.nameless, $0.jobs) })
        top = summed.prefix(maximumNames).map { Share(name: $0.name, jobs: $0.count) }
        leftOut = max(0, max(summed.count, groups.map(\.count).max() ?? 0) - top.count)
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
                .required("left_out", .integer("How many more there are at least.", minimum: 0)),
            ],
            description
        )
    }
}

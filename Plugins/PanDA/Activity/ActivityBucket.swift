package import JSON
import PluginKit

/// The jobs or tasks of one user or site, counted by state.
package struct ActivityBucket: Encodable, Hashable, Sendable {
    package let name: String
    package let total: Int
    /// State → count.
    package let counts: JSONValue

    /// Stands for a name the source does not have.
    package static let nameless = "(none)"

    /// One bucket for each name, the largest first.
    package static func buckets(of counts: [ActivityFacts.Count]) -> [ActivityBucket] {
        Dictionary(grouping: counts) { $0.name.flatMap { $0.isEmpty ? nil : $0 } ?? nameless }
            .map { name, counts in
                let byStatus = Self.byStatus(counts)
                return ActivityBucket(
                    name: name,
                    total: byStatus.reduce(0) { $0 + $1.count },
                    counts: .counts(byStatus.map { ($0.status, $0.count) })
                )
            }
            .sorted { ($1.total, $0.name) < ($0.total, $1.name) }
    }

    /// State → count over everything, the most frequent first.
    package static func byStatus(_ counts: [ActivityFacts.Count]) -> [(status: String, count: Int)] {
        Dictionary(grouping: counts, by: \.status)
            .map { (status: $0.key, count: $0.value.reduce(0) { $0 + $1.count }) }
            .sorted { ($1.count, $0.status) < ($0.count, $1.status) }
    }

    static let schema = Schema.object([
        .required("name", .string("The user or site; \(nameless) where there is no name.")),
        .required("total", .integer(minimum: 0)),
        .required("counts", .dictionary(of: .integer(minimum: 0), "State → count.")),
    ])
}

import PluginKit

/// The tasks of one kind of work.
package struct ActivityType: Encodable, Hashable, Sendable {
    /// The kind without the client's version.
    package let type: String
    package let count: Int
    package let isTest: Bool
    /// What finds these tasks as `processingtype`.
    package let filterValue: String

    /// One for each kind, the largest first.
    package static func types(of counts: [ActivityFacts.Count]) -> [ActivityType] {
        Dictionary(grouping: counts) { ProcessingType.label(of: $0.name) }
            .map { label, counts in
                ActivityType(
                    type: label,
                    count: counts.reduce(0) { $0 + $1.count },
                    isTest: label.lowercased().contains("test"),
                    filterValue: ProcessingType.filter(for: label)
                )
            }
            .sorted { ($1.count, $0.type) < ($0.count, $1.type) }
    }

    private enum CodingKeys: String, CodingKey {
        case type, count
        case isTest = "is_test"
        case filterValue = "filter_value"
    }

    static let schema = Schema.object([
        .required("type", .string("The kind of work; \(ProcessingType.blank) for tasks without one.")),
        .required("count", .integer(minimum: 0)),
        .required("is_test", .boolean("Whether its name says that it is a test.")),
        .required("filter_value", .string("What to give panda_list_tasks as processingtype.")),
    ])
}

import PluginKit

/// How many failed jobs ended with one exit code.
package struct ExitCodeCount: Encodable, Hashable, Sendable {
    /// Nil for jobs that failed without one.
    package let exitCode: Int?
    package let count: Int

    package init(exitCode: Int?, count: Int) {
        self.exitCode = exitCode
        self.count = count
    }

    private enum CodingKeys: String, CodingKey {
        case exitCode = "exit_code"
        case count
    }

    /// The counts summed by code, most frequent first; at most `limit` codes.
    static func summed(_ counts: [ExitCodeCount], limit: Int = 50) -> [ExitCodeCount] {
        var sums: [Int?: Int] = [:]
        for count in counts { sums[count.exitCode, default: 0] += count.count }
        let sorted = sums.map { ExitCodeCount(exitCode: $0.key, count: $0.value) }.sorted {
            ($1.count, $0.exitCode ?? .max) < ($0.count, $1.exitCode ?? .max)
        }
        return Array(sorted.prefix(limit))
    }

    static let schema = Schema.object([
        .optional(
            "exit_code",
            .integer("The payload's exit code; absent for jobs that failed without one. 128 + n: ended by signal n.")
        ),
        .required("count", .integer("How many failed jobs ended so.", minimum: 1)),
    ])
}

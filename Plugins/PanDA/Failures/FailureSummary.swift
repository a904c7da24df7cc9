package import JSON
import PluginKit

/// Counts over all failed jobs that match, whatever the page shows.
package enum FailureSummary {
    /// By default at most 50 errors are listed, the most frequent first.
    package static func value(of combinations: [ErrorCombination], maximumErrors: Int = 50) -> JSONValue {
        let errors = counts(of: combinations)
        var summary = JSONObject()
        summary["by_status"] = .counts(
            summed(combinations.map { ($0.status, $0.jobs) }).map { ($0.name, $0.count) }
        )
        summary["by_error"] = .array(errors.prefix(maximumErrors).map(shown))
        summary["errors_left_out"] = .integer(max(0, errors.count - maximumErrors))
        summary["without_error"] = .integer(combinations.filter(\.codes.isEmpty).reduce(0) { $0 + $1.jobs })
        return .object(summary)
    }

    static func summed(_ counts: [(String, Int)]) -> [(name: String, count: Int)] {
        Dictionary(counts, uniquingKeysWith: +)
            .map { (name: $0.key, count: $0.value) }
            .sorted { ($1.count, $0.name) < ($0.count, $1.name) }
    }

    private struct ErrorKey: Hashable {
        let component: ErrorComponent
        let code: Int
    }

    private static func counts(of combinations: [ErrorCombination]) -> [(key: ErrorKey, jobs: Int)] {
        let pairs = combinations.flatMap { found in
            found.codes.map { (ErrorKey(component: $0.key, code: $0.value), found.jobs) }
        }
        return Dictionary(pairs, uniquingKeysWith: +)
            .map { (key: $0.key, jobs: $0.value) }
            .sorted {
                ($1.jobs, $0.key.component.rawValue, $0.key.code) < ($0.jobs, $1.key.component.rawValue, $1.key.code)
            }
    }

    private static func shown(_ error: (key: ErrorKey, jobs: Int)) -> JSONValue {
        let entry = error.key.component.entry(for: error.key.code)
        var shown = JSONObject()
        shown["component"] = .string(error.key.component.rawValue)
        shown["code"] = .integer(error.key.code)
        shown["meaning"] = entry.map { .string($0.meaning) }
        shown["jobs"] = .integer(error.jobs)
        return .object(shown)
    }

    static let schema = Schema.object(
        [
            .required("by_status", .dictionary(of: .integer(minimum: 0), "State → number of jobs.")),
            .required(
                "by_error",
                .array(
                    of: .object([
                        .required("component", .string()),
                        .required("code", .integer()),
                        .optional("meaning", .string("What the code means, from the code table.")),
                        .required("jobs", .integer("A job with two errors counts for both.", minimum: 0)),
                    ]),
                    "The most frequent errors."
                )
            ),
            .required("errors_left_out", .integer("How many more errors there are.", minimum: 0)),
            .required("without_error", .integer("Jobs for which no component reports an error.", minimum: 0)),
        ],
        "Counts over everything that matches, not only over this page."
    )
}

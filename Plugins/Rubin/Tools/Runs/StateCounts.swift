import JSON
import PluginKit

/// How many jobs are in each state.
package struct StateCounts: Hashable, Sendable, Encodable {
    private var counts: [WmsState: Int] = [:]

    package init() {}

    package subscript(state: WmsState) -> Int {
        get { counts[state] ?? 0 }
        set { counts[state] = newValue == 0 ? nil : newValue }
    }

    /// The jobs in all states.
    package var total: Int { counts.values.reduce(0, +) }

    /// The share of jobs that succeeded, rounded down; nil when there are no jobs.
    package var percentDone: Int? {
        total > 0 ? self[.succeeded] * 100 / total : nil
    }

    package static func += (left: inout StateCounts, right: StateCounts) {
        for (state, count) in right.counts { left[state] += count }
    }

    package func encode(to encoder: any Encoder) throws {
        let members = WmsState.allCases.filter { self[$0] > 0 }.map {
            JSONObject.Member(name: $0.rawValue, value: .integer(self[$0]))
        }
        try JSONValue.object(JSONObject(members: members)).encode(to: encoder)
    }

    static let schema = Schema.dictionary(
        of: .integer(minimum: 0),
        "State (SUCCEEDED, FAILED, RUNNING, PRUNED, UNREADY, HELD, DELETED, UNKNOWN) → jobs; states without jobs are "
            + "left out. PRUNED: not run because something before it failed."
    )
}

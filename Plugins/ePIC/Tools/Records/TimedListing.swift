import JSON
import PanDAKit
import PluginKit

/// A record of a list, with its place in it.
struct TimedRecord: Encodable, Sendable {
    var record: Record
    let place: TimedPlace

    func encode(to encoder: any Encoder) throws { try record.encode(to: encoder) }
}

/// What is wanted of a table's rows.
struct TimedQuery: Sendable {
    let question: TimedQuestion
    let limit: Int
    /// What else rows must fulfil, the span of time left out.
    var conditions = Conditions()
    /// The filters as they are shown in the answer.
    var filters = JSONObject()

    init(_ question: TimedQuestion, limit: Int) {
        self.question = question
        self.limit = limit
    }

    /// Only rows whose column has this value; nothing changes for nil or nothing.
    mutating func filter(_ name: String, _ column: String, _ value: String?) {
        guard let value = value.given else { return }
        filters[name] = .string(value)
        conditions.equal(column, .string(value))
    }

    /// Only rows whose column has this value in upper or lower case.
    mutating func filter(caseless name: String, _ column: String, _ value: String?) {
        guard let value = value.given else { return }
        filters[name] = .string(value)
        conditions.add("LOWER(\(column)) = \(conditions.bind(.string(value.lowercased())))")
    }

    /// Only rows whose column has this number.
    mutating func filter(_ name: String, _ column: String, _ value: Int?) {
        guard let value else { return }
        filters[name] = .integer(value)
        conditions.equal(column, .integer(value))
    }
}

extension SQLSource {
    /// Answers a question about a table: one page, and counts over everything that matches.
    ///
    /// `completing` may add to the records of the page.
    func list(
        _ table: TimedTable,
        _ query: TimedQuery,
        links: [Link],
        hint: String? = nil,
        in context: CallContext,
        completing complete: ([Record]) async throws(ToolError) -> [Record] = { $0 }
    ) async throws(ToolError) -> ListResult<TimedRecord> {
        var conditions = query.conditions
        query.question.add(to: &conditions, column: table.time)
        let counts = try await rows(table.counts(conditions), maximumRows: 1000, in: context).counts(of: "name")
        let statement = table.page(conditions, after: query.question.place, limit: query.limit)
        let rows = try await rows(statement, maximumRows: query.limit + 1, in: context)
        var records = rows.prefix(query.limit).compactMap { row -> TimedRecord? in
            guard let time = row.time("place_time"), let key = row.text("place_key") else { return nil }
            return table.shape.record(row).map { TimedRecord(record: $0, place: TimedPlace(time: time, key: key)) }
        }
        for (index, record) in try await complete(records.map(\.record)).enumerated() {
            records[index].record = record
        }
        let total = counts.reduce(0) { $0 + $1.count }
        var filters = query.filters
        filters["limit"] = .integer(query.limit)
        return ListResult(
            records,
            totalCount: total,
            hasMore: rows.count > query.limit,
            budgetBytes: context.budgetBytes,
            summary: .counts(counts.map { ($0.name.isEmpty ? "(none)" : $0.name, $0.count) }),
            window: query.question.window,
            filtersApplied: .object(filters),
            hint: total == 0 ? query.question.hintForNothing ?? hint : hint,
            monitorURLs: links,
            cursor: { query.question.cursor(after: $0.place) }
        )
    }
}

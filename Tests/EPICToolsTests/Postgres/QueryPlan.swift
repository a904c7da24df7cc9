import JSON
import PluginKit
import PluginTesting

/// How PostgreSQL would answer a statement, as `EXPLAIN` tells it.
struct QueryPlan: Sendable {
    let lines: [String]

    /// A script that has the plan told for these very values; reading a whole table counts as very dear.
    static func script(for query: SourcesInMemory.Query) -> String {
        let values = query.parameters.map(literal).joined(separator: ", ")
        return """
            SET enable_seqscan = off; SET plan_cache_mode = force_custom_plan; PREPARE asked AS \(query.sql); \
            EXPLAIN EXECUTE asked\(values.isEmpty ? "" : "(\(values))")
            """
    }

    private static func literal(_ value: JSONValue) -> String {
        value.string.map { "'\($0.replacing("'", with: "''"))'" } ?? String(decoding: value.serialized, as: UTF8.self)
    }

    init(_ text: String) {
        lines = text.split(separator: "\n").map(String.init)
    }

    /// The steps that read a table or a partition of it without a condition an index answers.
    ///
    /// How the default partitions are read says nothing: they are empty.
    func readings(of table: String) -> [String] {
        lines.indices.filter { isReading($0, of: table) && !lines[$0].contains("\(table)_default") }
            .filter { !hasCondition($0) }
            .map { lines[$0] }
    }

    /// The partitions of a table, or the table itself, that are read at all.
    func parts(of table: String) -> Set<String> {
        Set(lines.indices.filter { isReading($0, of: table) }.compactMap { part(lines[$0], of: table) })
    }

    private func isReading(_ index: Int, of table: String) -> Bool {
        let line = lines[index]
        return line.contains("Scan") && !line.contains("Bitmap Index Scan") && part(line, of: table) != nil
    }

    /// The word after `on` in a line such as `Index Scan using a on jobsarchived4_p1 j`.
    private func part(_ line: String, of table: String) -> String? {
        guard let found = line.firstRange(of: " on ") else { return nil }
        let name = String(line[found.upperBound...].prefix { $0 != " " })
        return name == table || name.hasPrefix("\(table)_p") || name == "\(table)_default" ? name : nil
    }

    private func hasCondition(_ index: Int) -> Bool {
        lines[(index + 1)...].prefix { !$0.contains("->") || $0.contains("Bitmap Index Scan") }
            .contains { $0.contains("Index Cond:") || $0.contains("Recheck Cond:") }
    }
}

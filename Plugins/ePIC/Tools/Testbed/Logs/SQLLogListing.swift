import JSON
import PanDAKit
import PluginKit

/// Lists log lines from the testbed's tables.
struct SQLLogListing: LogListing {
    private let source: SQLSource
    /// Longer messages are cut, in characters.
    private let maximumMessage: Int

    /// Creates a reader; by default 1000 characters of a message are told.
    init(source: SQLSource = .testbed, maximumMessage: Int = 1000) {
        self.source = source
        self.maximumMessage = maximumMessage
    }

    func logs(matching query: LogQuery, in context: CallContext) async throws(ToolError) -> LogPage {
        let counts = try await source.rows(LogStatements.counts(query), maximumRows: 100, in: context)
            .counts(of: "levelname")
        let rows = try await source.rows(LogStatements.page(query), maximumRows: query.limit + 1, in: context)
        return LogPage(
            logs: rows.prefix(query.limit).compactMap(item),
            hasMore: rows.count > query.limit,
            countsByLevel: counts.map { (level: $0.name, count: $0.count) }
        )
    }

    func start(ofExecution id: String, in context: CallContext) async throws(ToolError) -> Timestamp? {
        try await source.rows(LogStatements.start(ofExecution: id), maximumRows: 1, in: context)
            .first?.time("start_time")
    }

    private func item(_ row: Row) -> LogItem? {
        guard let id = row.integer("id"), let time = row.time("timestamp") else { return nil }
        return LogItem(
            id: id,
            time: time,
            application: row.cleaned("app_name"),
            instance: row.cleaned("instance_name"),
            level: row.cleaned("levelname"),
            message: row.cleaned("message", limit: maximumMessage) ?? "",
            module: row.cleaned("module"),
            function: row.cleaned("funcname"),
            line: row.integer("lineno"),
            extra: LogItem.cleaned(extra: Self.document(row["extra_data"]))
        )
    }

    /// The document; a source that does not know the column for JSON gives it as text.
    private static func document(_ value: JSONValue) -> JSONValue {
        guard let text = value.string else { return value }
        return (try? JSONValue(parsing: Array(text.utf8))) ?? .null
    }
}

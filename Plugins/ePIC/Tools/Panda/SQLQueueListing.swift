import JSON
import PanDAKit
import PluginKit

/// Knows the queues from PanDA's copy of the information system's records.
struct SQLQueueListing: QueueListing, QueueReading {
    private let source: SQLSource
    /// No more queues are read.
    private let maximumQueues: Int

    private static let selection = "SELECT q.panda_queue, q.data, q.last_update FROM doma_panda.schedconfig_json q"

    /// Creates a reader; by default of at most 5000 queues.
    init(source: SQLSource = .panda, maximumQueues: Int = 5000) {
        self.source = source
        self.maximumQueues = maximumQueues
    }

    func queues(in context: CallContext) async throws(ToolError) -> [QueueItem] {
        let statement = Statement("\(Self.selection) ORDER BY q.panda_queue")
        let rows = try await source.rows(statement, maximumRows: maximumQueues, in: context)
        return rows.compactMap { row in
            guard let name = row.text("panda_queue") else { return nil }
            return QueueItem(name: name, record: Self.record(row["data"]), updated: row.pandaTime("last_update"))
        }
    }

    func queue(named name: String, in context: CallContext) async throws(ToolError) -> QueueFacts? {
        let statement = Statement("\(Self.selection) WHERE q.panda_queue = $1", [.string(name)])
        let rows = try await source.rows(statement, maximumRows: 1, in: context)
        return rows.first.map { row in
            QueueFacts(name: name, record: Self.record(row["data"]), updated: row.pandaTime("last_update"))
        }
    }

    /// The record; a source that does not know the column for JSON gives it as text.
    private static func record(_ data: JSONValue) -> JSONValue {
        guard let text = data.string else { return data }
        return (try? JSONValue(parsing: Array(text.utf8))) ?? [:]
    }
}

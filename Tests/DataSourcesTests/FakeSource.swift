import GatewayCore
import Synchronization

/// A source that answers as told and remembers what it was asked.
final class FakeSource: DataSource {
    let kind: SourceKind
    private let rows: Result<SQLRows, SourceError>
    private let response: Result<FetchResponse, SourceError>
    private let reply: Result<MessageReply, SourceError>
    private let asked = Mutex(Asked())

    private struct Asked {
        var queries: [SQLQuery] = []
        var requests: [SourceRequest] = []
        var messages: [SourceMessage] = []
        var exchanges: [SourceExchange] = []
        var isClosed = false
    }

    init(
        _ kind: SourceKind = .sql,
        rows: Result<SQLRows, SourceError> = .failure(.unsupported),
        response: Result<FetchResponse, SourceError> = .failure(.unsupported),
        reply: Result<MessageReply, SourceError> = .failure(.unsupported)
    ) {
        self.kind = kind
        self.rows = rows
        self.response = response
        self.reply = reply
    }

    var queries: [SQLQuery] { asked.withLock { $0.queries } }
    var requests: [SourceRequest] { asked.withLock { $0.requests } }
    var messages: [SourceMessage] { asked.withLock { $0.messages } }
    var exchanges: [SourceExchange] { asked.withLock { $0.exchanges } }
    var isClosed: Bool { asked.withLock { $0.isClosed } }

    func query(_ query: SQLQuery) async throws(SourceError) -> SQLRows {
        asked.withLock { $0.queries.append(query) }
        return try rows.get()
    }

    func request(_ request: SourceRequest) async throws(SourceError) -> FetchResponse {
        asked.withLock { $0.requests.append(request) }
        return try response.get()
    }

    func send(_ message: SourceMessage) async throws(SourceError) {
        asked.withLock { $0.messages.append(message) }
        _ = try reply.get()
    }

    func exchange(_ exchange: SourceExchange) async throws(SourceError) -> MessageReply {
        asked.withLock { $0.exchanges.append(exchange) }
        return try reply.get()
    }

    func close() async {
        asked.withLock { $0.isClosed = true }
    }
}

extension SQLRows {
    /// One integer column `n` with these rows, encoded as given.
    static func numbers(_ json: String, count: Int, isTruncated: Bool = false) -> SQLRows {
        SQLRows(
            columns: [SQLColumn(name: "n", type: .int)],
            rows: Array(json.utf8),
            count: count,
            isTruncated: isTruncated
        )
    }
}

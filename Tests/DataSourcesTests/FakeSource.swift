import GatewayCore
import Synchronization

/// A source that answers as told and remembers what it was asked.
final class FakeSource: DataSource {
    let kind: SourceKind
    private let rows: Result<SQLRows, SourceError>
    private let response: Result<FetchResponse, SourceError>
    private let asked = Mutex<(queries: [SQLQuery], requests: [SourceRequest], isClosed: Bool)>(([], [], false))

    init(
        _ kind: SourceKind = .sql,
        rows: Result<SQLRows, SourceError> = .failure(.unsupported),
        response: Result<FetchResponse, SourceError> = .failure(.unsupported)
    ) {
        self.kind = kind
        self.rows = rows
        self.response = response
    }

    var queries: [SQLQuery] { asked.withLock { $0.queries } }
    var requests: [SourceRequest] { asked.withLock { $0.requests } }
    var isClosed: Bool { asked.withLock { $0.isClosed } }

    func query(_ query: SQLQuery) async throws(SourceError) -> SQLRows {
        asked.withLock { $0.queries.append(query) }
        return try rows.get()
    }

    func request(_ request: SourceRequest) async throws(SourceError) -> FetchResponse {
        asked.withLock { $0.requests.append(request) }
        return try response.get()
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

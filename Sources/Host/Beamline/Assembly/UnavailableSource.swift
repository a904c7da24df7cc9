import GatewayCore

/// Stands for a source that could not be opened: its own tools answer `unavailable`, everything else goes on.
struct UnavailableSource: DataSource {
    let kind: SourceKind
    let reason: String

    func query(_ query: SQLQuery) async throws(SourceError) -> SQLRows {
        throw .unavailable(detail: reason)
    }

    func request(_ request: SourceRequest) async throws(SourceError) -> FetchResponse {
        throw .unavailable(detail: reason)
    }
}

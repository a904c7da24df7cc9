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

    func send(_ message: SourceMessage) async throws(SourceError) {
        throw .unavailable(detail: reason)
    }

    func exchange(_ exchange: SourceExchange) async throws(SourceError) -> MessageReply {
        throw .unavailable(detail: reason)
    }

    func read(_ request: SourceFileRequest) async throws(SourceError) -> [UInt8]? {
        throw .unavailable(detail: reason)
    }
}

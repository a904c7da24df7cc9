internal import GatewayCore

/// A source that carries out so many operations at a time and lets so many wait, in order.
struct SourceBulkhead: DataSource {
    private let source: any DataSource
    private let places: LendingPool<Int>

    init(_ source: any DataSource, limits: SourceLimits) {
        self.source = source
        places = LendingPool(Array(0..<max(1, limits.concurrentPerSource)), waiting: limits.waitingPerSource)
    }

    var kind: SourceKind { source.kind }

    var waitingCount: Int { places.waitingCount }

    func query(_ query: SQLQuery) async throws(SourceError) -> SQLRows {
        let place = try await places.acquire(by: query.deadline)
        defer { places.release(place) }
        return try await source.query(query)
    }

    func request(_ request: SourceRequest) async throws(SourceError) -> FetchResponse {
        let place = try await places.acquire(by: request.deadline)
        defer { places.release(place) }
        return try await source.request(request)
    }

    func close() async {
        places.close()
        await source.close()
    }
}

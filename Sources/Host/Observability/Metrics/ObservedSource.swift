import GatewayCore

/// A source that tells how each of its operations ended and how long it took.
struct ObservedSource: DataSource {
    private let source: any DataSource
    private let ended: @Sendable (SourceOutcome, Duration) -> Void

    init(_ source: any DataSource, ended: @escaping @Sendable (SourceOutcome, Duration) -> Void) {
        self.source = source
        self.ended = ended
    }

    var kind: SourceKind { source.kind }

    func query(_ query: SQLQuery) async throws(SourceError) -> SQLRows {
        let start = SuspendingClock.now
        do {
            let rows = try await source.query(query)
            ended(.answered, start.duration(to: .now))
            return rows
        } catch {
            ended(SourceOutcome(error), start.duration(to: .now))
            throw error
        }
    }

    func request(_ request: SourceRequest) async throws(SourceError) -> FetchResponse {
        let start = SuspendingClock.now
        do {
            let response = try await source.request(request)
            ended(.answered, start.duration(to: .now))
            return response
        } catch {
            ended(SourceOutcome(error), start.duration(to: .now))
            throw error
        }
    }

    func close() async {
        await source.close()
    }
}

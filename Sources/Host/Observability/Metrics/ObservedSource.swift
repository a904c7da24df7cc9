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

    var actsForCallers: Bool { source.actsForCallers }

    func query(_ query: SQLQuery) async throws(SourceError) -> SQLRows {
        try await observed { () async throws(SourceError) in try await source.query(query) }
    }

    func request(_ request: SourceRequest) async throws(SourceError) -> FetchResponse {
        try await observed { () async throws(SourceError) in try await source.request(request) }
    }

    func send(_ message: SourceMessage) async throws(SourceError) {
        try await observed { () async throws(SourceError) in try await source.send(message) }
    }

    func exchange(_ exchange: SourceExchange) async throws(SourceError) -> MessageReply {
        try await observed { () async throws(SourceError) in try await source.exchange(exchange) }
    }

    func read(_ request: SourceFileRequest) async throws(SourceError) -> [UInt8]? {
        try await observed { () async throws(SourceError) in try await source.read(request) }
    }

    private func observed<Answer>(
        _ operation: () async throws(SourceError) -> Answer
    ) async throws(SourceError) -> Answer {
        let start = SuspendingClock.now
        do {
            let answer = try await operation()
            ended(.answered, start.duration(to: .now))
            return answer
        } catch {
            ended(SourceOutcome(error), start.duration(to: .now))
            throw error
        }
    }

    func close() async {
        await source.close()
    }
}

import GatewayCore
import Observability
import Testing

@Suite("Metrics of sources")
struct SourceMetricsTests {
    /// Answers as it was told.
    private struct Source: DataSource {
        let kind: SourceKind
        let error: SourceError?

        func query(_ query: SQLQuery) async throws(SourceError) -> SQLRows {
            if let error { throw error }
            return SQLRows(columns: [], rows: Array("[]".utf8), count: 0, isTruncated: false)
        }

        func request(_ request: SourceRequest) async throws(SourceError) -> FetchResponse {
            if let error { throw error }
            return FetchResponse(status: 204, headers: [], body: [])
        }

        func send(_ message: SourceMessage) async throws(SourceError) {
            if let error { throw error }
        }

        func exchange(_ exchange: SourceExchange) async throws(SourceError) -> MessageReply {
            if let error { throw error }
            return MessageReply(headers: [], body: [1])
        }
    }

    private let registry = MetricsRegistry()
    private let query = SQLQuery(statement: "SELECT 1", maximumRows: 1, maximumBytes: 1, deadline: .after(.seconds(60)))
    private let request = SourceRequest(path: "/", maximumBytes: 1, deadline: .after(.seconds(60)))
    private let message = SourceMessage(destination: "/queue/a", body: [], deadline: .after(.seconds(60)))
    private let exchange = SourceExchange(destination: "/queue/a", maximumBytes: 1, deadline: .after(.seconds(60))) {
        _ in
        []
    }

    private func samples(_ name: String) -> [MetricSample] {
        registry.metrics.first { $0.description.name == name }?.samples ?? []
    }

    @Test func `answers pass unchanged and are counted`() async throws {
        let source = SourceMetrics(registry).counting(Source(kind: .sql, error: nil), as: "panda")
        #expect(source.kind == .sql)
        #expect(try await source.query(query).rows == Array("[]".utf8))
        #expect(try await source.request(request).status == 204)
        try await source.send(message)
        #expect(try await source.exchange(exchange).body == [1])
        #expect(samples("beamline_source_operations_total").contains(MetricSample(["panda", "ok"], .count(4))))
    }

    @Test(arguments: [
        (SourceError.invalid("x"), "invalid"), (.rejected(detail: "x"), "rejected"),
        (.unavailable(detail: "x"), "unavailable"), (.unconfirmed(detail: "x"), "unconfirmed"),
        (.unanswered(detail: "x"), "unanswered"), (.down(retryAfter: .seconds(1)), "down"), (.timeout, "timeout"),
        (.tooLarge, "too_large"), (.cancelled, "cancelled"), (.unsupported, "unsupported"),
        (.noCredential(CredentialRefusal(.noToken, label: "x")), "no_credential"),
    ])
    func `failures pass unchanged and are counted by their kind`(error: SourceError, outcome: String) async {
        let source = SourceMetrics(registry).counting(Source(kind: .http, error: error), as: "panda")
        await #expect(throws: error) { try await source.query(query) }
        await #expect(throws: error) { try await source.request(request) }
        await #expect(throws: error) { try await source.send(message) }
        await #expect(throws: error) { try await source.exchange(exchange) }
        #expect(samples("beamline_source_operations_total").contains(MetricSample(["panda", outcome], .count(4))))
    }

    @Test func `what is timed is counted in the histogram, failures too`() async throws {
        let metrics = SourceMetrics(registry)
        _ = try await metrics.timing(Source(kind: .sql, error: nil), as: "panda").query(query)
        _ = try? await metrics.timing(Source(kind: .sql, error: .timeout), as: "panda").query(query)
        guard case .histogram(_, let snapshot)? = samples("beamline_source_duration_seconds").first?.value else {
            Issue.record("no histogram")
            return
        }
        #expect(snapshot.cumulativeCounts.last == 2)
    }
}

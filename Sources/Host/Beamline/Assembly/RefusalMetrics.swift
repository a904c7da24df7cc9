import GatewayCore
import MCPServer
import Observability

/// Counts the requests that were turned away: `beamline_requests_refused_total`.
struct RefusalMetrics {
    private let refusals: MetricSeries<Counter>

    init(_ registry: MetricsRegistry) {
        refusals = registry.counter(
            "beamline_requests_refused_total",
            "Requests turned away before a method saw them.",
            labels: ["reason"]
        )
    }

    func count(_ reason: RefusedRequest.Reason) {
        refusals[Self.label(reason)].increment()
    }

    private static func label(_ reason: RefusedRequest.Reason) -> String {
        switch reason {
        case .host: "host"
        case .origin: "origin"
        case .token(let refusal): "token_" + refusal.rawValue
        case .malformedCredentials: "malformed_credentials"
        case .sessionLimit: "session_limit"
        }
    }
}

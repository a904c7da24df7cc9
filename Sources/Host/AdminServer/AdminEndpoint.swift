import GatewayCore
package import HTTPServer
package import Observability

/// What the site's own people and programs ask: is it alive, is it ready, how is it doing.
///
/// Nothing here needs a token, which is why the address is checked (`AdminBinding`) and so is the host a request names:
/// a web page cannot reach it under a name of its own (DNS rebinding).
package struct AdminEndpoint: HTTPHandler {
    private static let loopbackHosts: Set = ["localhost", "127.0.0.1", "[::1]"]

    private let hosts: Set<String>
    private let readiness: Readiness
    private let metrics: MetricsRegistry

    package init(_ binding: AdminBinding, readiness: Readiness, metrics: MetricsRegistry) {
        hosts = Self.loopbackHosts.union(binding.allowedHosts)
        self.readiness = readiness
        self.metrics = metrics
    }

    package func respond(to request: HTTPRequest) async -> HTTPResponse {
        guard isForUs(request) else { return Self.text(421, "This host name is not served here.") }
        let answer: @Sendable () -> HTTPResponse
        switch request.path {
        case "/health/live": answer = { Self.text(200, "alive") }
        case "/health/ready": answer = ready
        case "/metrics": answer = exposition
        default: return Self.text(404, "There is nothing here. Ask for /health/live, /health/ready or /metrics.")
        }
        guard request.method == "GET" || request.method == "HEAD" else {
            var refusal = Self.text(405, "Ask with GET or HEAD.")
            refusal.headers.append(HTTPField("Allow", "GET, HEAD"))
            return refusal
        }
        return answer()
    }

    @Sendable private func ready() -> HTTPResponse {
        let report = readiness.report
        return Self.response(report.isReady ? 200 : 503, "application/json", report.bytes)
    }

    @Sendable private func exposition() -> HTTPResponse {
        Self.response(200, PrometheusText.contentType, PrometheusText.encode(metrics))
    }

    private func isForUs(_ request: HTTPRequest) -> Bool {
        let sent = request.headers.values("Host")
        guard sent.count == 1, let host = sent.first else { return false }
        return hosts.contains(Self.withoutPort(host.lowercased()))
    }

    /// The host of an authority; an IPv6 address keeps its brackets.
    private static func withoutPort(_ authority: String) -> String {
        guard let colon = authority.lastIndex(of: ":") else { return authority }
        let port = authority[authority.index(after: colon)...]
        guard !port.isEmpty, port.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
            return authority
        }
        return String(authority[..<colon])
    }

    private static func text(_ status: Int, _ sentence: String) -> HTTPResponse {
        response(status, "text/plain; charset=utf-8", Array((sentence + "\n").utf8))
    }

    private static func response(_ status: Int, _ contentType: String, _ bytes: [UInt8]) -> HTTPResponse {
        HTTPResponse(
            status: status,
            headers: [
                HTTPField("Content-Type", contentType), HTTPField("Cache-Control", "no-store"),
                HTTPField("X-Content-Type-Options", "nosniff"),
            ],
            body: .bytes(bytes)
        )
    }
}

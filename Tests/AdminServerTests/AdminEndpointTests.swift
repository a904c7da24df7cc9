import AdminServer
import GatewayCore
import HTTPServer
import JSON
import Observability
import Testing

@Suite("The admin endpoint")
struct AdminEndpointTests {
    private let metrics = MetricsRegistry()

    private func endpoint(_ reporters: any HealthReporting...) throws -> (AdminEndpoint, Readiness) {
        let readiness = Readiness(reporters)
        return (AdminEndpoint(try AdminBinding(), readiness: readiness, metrics: metrics), readiness)
    }

    private func ask(
        _ endpoint: AdminEndpoint,
        _ path: String,
        method: String = "GET",
        hosts: [String] = ["127.0.0.1:9090"]
    ) async -> HTTPResponse {
        let headers = HTTPHeaderFields(hosts.map { HTTPField("Host", $0) })
        return await endpoint.respond(to: HTTPRequest(method: method, path: path, headers: headers))
    }

    private func text(_ response: HTTPResponse) -> String {
        guard case .bytes(let bytes) = response.body else { return "" }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func value(_ name: String, of response: HTTPResponse) -> String? {
        response.headers.first { $0.name == name }?.value
    }

    @Test func `it is alive also when it is not ready`() async throws {
        let (endpoint, readiness) = try endpoint(ReadinessCheck("plugin epic") { .failed(reason: "not loaded") })
        readiness.beginShutdown()
        let answer = await ask(endpoint, "/health/live")
        #expect(answer.status == 200)
        #expect(text(answer) == "alive\n")
    }

    @Test func `with everything healthy it is ready`() async throws {
        let (endpoint, _) = try endpoint(ReadinessCheck("plugin epic") { .healthy })
        let answer = await ask(endpoint, "/health/ready")
        #expect(answer.status == 200)
        #expect(value("Content-Type", of: answer) == "application/json")
        #expect(value("Cache-Control", of: answer) == "no-store")
        #expect(
            text(answer)
                == #"{"status":"ready","reasons":[],"checks":[{"name":"plugin epic","status":"healthy"}]}"#
        )
    }

    @Test func `what is degraded shows and does not make it unready`() async throws {
        let (endpoint, _) = try endpoint(ReadinessCheck("source panda") { .degraded(reason: "no answer") })
        let answer = await ask(endpoint, "/health/ready")
        #expect(answer.status == 200)
        let body = try JSONValue(parsing: text(answer))
        #expect(body["checks"] == [["name": "source panda", "status": "degraded", "reason": "no answer"]])
    }

    @Test func `one failure makes it unready, with the reason`() async throws {
        let (endpoint, _) = try endpoint(
            ReadinessCheck("plugin epic") { .healthy },
            ReadinessCheck("source panda") { .failed(reason: "out of reach") }
        )
        let answer = await ask(endpoint, "/health/ready")
        #expect(answer.status == 503)
        let body = try JSONValue(parsing: text(answer))
        #expect(body["status"] == "not_ready")
        #expect(body["reasons"] == ["source panda: out of reach"])
    }

    @Test func `readiness follows what it watches`() async throws {
        let gate = Gate()
        let (endpoint, _) = try endpoint(ReadinessCheck("part") { gate.status })
        #expect(await ask(endpoint, "/health/ready").status == 503)
        gate.open()
        #expect(await ask(endpoint, "/health/ready").status == 200)
    }

    @Test func `a shutdown makes it unready`() async throws {
        let (endpoint, readiness) = try endpoint()
        #expect(await ask(endpoint, "/health/ready").status == 200)
        readiness.beginShutdown()
        let answer = await ask(endpoint, "/health/ready")
        #expect(answer.status == 503)
        #expect(try JSONValue(parsing: text(answer))["reasons"] == ["gateway: shutting down"])
    }

    @Test func `metrics are in the text format`() async throws {
        metrics.counter("beamline_things_total", "Things.")[].increment(by: 3)
        let (endpoint, _) = try endpoint()
        let answer = await ask(endpoint, "/metrics")
        #expect(answer.status == 200)
        #expect(value("Content-Type", of: answer) == "text/plain; version=0.0.4; charset=utf-8")
        #expect(
            text(answer)
                == """
                # HELP beamline_things_total Things.
                # TYPE beamline_things_total counter
                beamline_things_total 3

                """
        )
    }

    @Test(arguments: ["/health/live", "/health/ready", "/metrics"])
    func `only GET and HEAD are answered`(path: String) async throws {
        let (endpoint, _) = try endpoint()
        #expect(await ask(endpoint, path, method: "HEAD").status == 200)
        for method in ["POST", "DELETE", "OPTIONS", "get"] {
            let answer = await ask(endpoint, path, method: method)
            #expect(answer.status == 405)
            #expect(value("Allow", of: answer) == "GET, HEAD")
        }
    }

    @Test(arguments: ["/", "/health", "/health/live/", "/metrics/", "/mcp", "/Metrics", ""])
    func `there is nothing elsewhere`(path: String) async throws {
        let (endpoint, _) = try endpoint()
        #expect(await ask(endpoint, path).status == 404)
    }

    @Test(arguments: [
        ["evil.example.org"], ["127.0.0.1.example.org"], ["localhost.example.org:9090"], [],
        ["localhost", "localhost"],
        ["127.0.0.1:90x"], [""],
    ])
    func `a request for another host is turned away`(hosts: [String]) async throws {
        let (endpoint, _) = try endpoint()
        #expect(await ask(endpoint, "/metrics", hosts: hosts).status == 421)
    }

    @Test(arguments: ["localhost", "LOCALHOST:9090", "127.0.0.1", "[::1]", "[::1]:9090"])
    func `a request for this machine is answered`(host: String) async throws {
        let (endpoint, _) = try endpoint()
        #expect(await ask(endpoint, "/metrics", hosts: [host]).status == 200)
    }

    @Test func `a remote listener answers to its own names`() async throws {
        let binding = try AdminBinding(host: "2001:db8::1", allowsRemote: true, allowedHosts: ["Ops.example.org"])
        let endpoint = AdminEndpoint(binding, readiness: Readiness([]), metrics: metrics)
        #expect(await ask(endpoint, "/metrics", hosts: ["ops.example.org:9090"]).status == 200)
        #expect(await ask(endpoint, "/metrics", hosts: ["[2001:DB8::1]:9090"]).status == 200)
        #expect(await ask(endpoint, "/metrics", hosts: ["other.example.org"]).status == 421)
    }
}

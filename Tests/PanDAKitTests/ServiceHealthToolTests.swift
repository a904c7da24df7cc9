import JSON
import PanDAKit
import PluginKit
import PluginTesting
import Testing

@Suite struct ServiceHealthToolTests {
    private static let now = Timestamp(seconds: 1_795_236_000)

    private static let probes = [
        ServiceProbe("monitor", .request(source: "monitor", path: "/jobs/", query: ["json", "pandaid=1"])),
        ServiceProbe("documentation", .documents("docs")),
    ]

    private func states(_ host: any HostCalling) async throws -> [String?] {
        let answer = try await CallHarness(ServiceHealthTool(probes: Self.probes), host: host, now: Self.now).call()
        return answer["services"]?.array?.map { $0["state"]?.string } ?? []
    }

    @Test(arguments: [
        (SourcesInMemory.Answer.json([:]), "up"), (.text("<html>Sign in</html>"), "faulty"),
        (.json([:], status: 401), "refused"), (.json([:], status: 403), "refused"),
        (.json([:], status: 429), "limited"), (.json([:], status: 500), "faulty"), (.json([:], status: 503), "down"),
        (.json([:], status: 302), "faulty"),
    ])
    func `tells what an answer says of a service`(answer: SourcesInMemory.Answer, state: String) async throws {
        let host = SourcesInMemory(
            request: { _ throws(ToolError) in answer },
            search: { _ throws(ToolError) in [] }
        )
        #expect(try await states(host) == [state, "up"])
        #expect(host.requests.first?.query == ["json": "", "pandaid": "1"])
    }

    @Test(arguments: [
        (ToolError.Code.notFound, "not_connected"), (.timeout, "silent"), (.unavailable, "down"),
    ])
    func `tells what no answer says of a service`(code: ToolError.Code, state: String) async throws {
        let host = SourcesInMemory(
            request: { _ throws(ToolError) in throw ToolError(code, "words of the host") }
        )
        let answer = try await CallHarness(ServiceHealthTool(probes: Self.probes), host: host, now: Self.now).call()
        #expect(answer["services"]?.array?.map { $0["state"]?.string } == [state, "not_connected"])
        #expect(answer["services"]?.array?.first?["latency_milliseconds"] == nil)
        #expect(
            answer["summary"]
                == .string(
                    state == "not_connected" ? "0 of 0 connected services answer." : "0 of 1 connected services answer."
                )
        )
    }

    @Test func `a service is not waited for longer than it is told`() async throws {
        final class Host: HostCalling {
            func invoke(_ operation: String, body: [UInt8]) async -> HostReply {
                let request = try? JSONValue(parsing: body)
                guard operation == "source.request", request?["timeout_ms"] == 1234 else {
                    return HostReply(status: 9, body: Array("{}".utf8))
                }
                return HostReply(status: 6, body: Array(#"{"message": "late"}"#.utf8))
            }

            func progress(done: Double, total: Double?, note: String) {}

            func log(_ level: LogLevel, _ message: String) {}
        }
        let tool = ServiceHealthTool(probes: [Self.probes[0]], patienceMilliseconds: 1234)
        let answer = try await CallHarness(tool, host: Host(), now: Self.now).call()
        #expect(answer["services"]?.array?.first?["state"] == "silent")
    }
}

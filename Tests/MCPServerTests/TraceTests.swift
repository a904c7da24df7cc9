import GatewayCore
import HTTPServer
import Testing

@Suite("The caller's trace")
struct TraceTests {
    private static let first = "4bf92f3577b34da6a3ce929d0e0e4736"
    private static let second = "0af7651916cd43dd8448eb211c80319c"
    private let gateway = Gateway()

    private func parent(_ trace: String) -> String { "00-\(trace)-00f067aa0ba902b7-01" }

    /// The trace of one modern call.
    private func trace(meta: String = "", _ fields: [String: String] = [:]) async throws -> TraceContext? {
        let body = """
            {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"epic_jobs","arguments":{},"_meta":{\
            "io.modelcontextprotocol/protocolVersion":"2026-07-28",\
            "io.modelcontextprotocol/clientCapabilities":{}\(meta)}}}
            """
        let own = ["MCP-Protocol-Version": "2026-07-28", "Mcp-Method": "tools/call", "Mcp-Name": "epic_jobs"]
        let answer = try await gateway.send(body, own.merging(fields) { _, new in new })
        #expect(answer.status == 200)
        return try #require(gateway.audit.events.first).trace
    }

    @Test func `a call without a trace has none`() async throws {
        #expect(try await trace() == nil)
    }

    @Test func `the header names the trace, and the call is a span of its own in it`() async throws {
        let trace = try #require(try await trace(["traceparent": parent(Self.first), "tracestate": "a=1"]))
        #expect(trace.traceID == Self.first)
        #expect(trace.spanID != "00f067aa0ba902b7")
        #expect(trace.isSampled)
        #expect(trace.traceState == "a=1")
    }

    @Test func `what the message says comes before the header`() async throws {
        let meta = #","traceparent":"\#(parent(Self.second))","tracestate":"b=2""#
        let trace = try #require(try await trace(meta: meta, ["traceparent": parent(Self.first), "tracestate": "a=1"]))
        #expect(trace.traceID == Self.second)
        #expect(trace.traceState == "b=2")
    }

    @Test(arguments: ["\"nonsense\"", "7", "null", "\"\""])
    func `what is malformed in the message is as if it were not there`(value: String) async throws {
        let trace = try await trace(meta: ",\"traceparent\":\(value)", ["traceparent": parent(Self.first)])
        #expect(trace?.traceID == Self.first)
    }

    @Test func `a malformed header is no trace and no fault`() async throws {
        #expect(try await trace(["traceparent": parent(Self.first).uppercased()]) == nil)
    }

    @Test func `clients of the session era name the trace in the header`() async throws {
        let hello = try await gateway.send(
            """
            {"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-06-18",\
            "capabilities":{},"clientInfo":{"name":"c","version":"1"}}}
            """
        )
        let session = try #require(hello.headers.first { $0.name == "Mcp-Session-Id" }?.value)
        let answer = try await gateway.send(
            #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"epic_jobs","arguments":{}}}"#,
            ["Mcp-Session-Id": session, "traceparent": parent(Self.first)]
        )
        #expect(answer.status == 200)
        #expect(gateway.audit.events.first?.trace?.traceID == Self.first)
    }
}

import GatewayCore
import HTTPServer
import JSON
import MCPServer
import TestSupport
import Testing

@Suite("Streams")
struct StreamTests {
    private static func call(_ tool: String, _ arguments: String = "{}") -> (body: String, fields: [String: String]) {
        let meta = """
            {"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{},\
            "progressToken":1,"io.modelcontextprotocol/logLevel":"debug"}
            """
        let params = #"{"name":"\#(tool)","arguments":\#(arguments),"_meta":\#(meta)}"#
        return (
            #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":\#(params)}"#,
            [
                "MCP-Protocol-Version": "2026-07-28", "Mcp-Method": "tools/call", "Mcp-Name": tool,
                "Accept": "application/json, text/event-stream",
            ]
        )
    }

    private static let patient = call("epic_jobs", ProviderInMemory.patience)

    @Test func `a silent call gets a stream when the client has waited, and comments keep it alive`() async throws {
        let gateway = Gateway(streams: StreamLimits(keepAlive: .milliseconds(5)))
        let exchange = ExchangeInMemory()
        async let answer = gateway.send(Self.patient.body, Self.patient.fields, over: exchange)
        await Polling.until("comments") { exchange.pieces.count { $0 == ": keep-alive\n\n" } >= 3 }
        #expect(exchange.pieces.first?.contains("notifications/progress") == true)
        exchange.cancel()
        let response = try await answer
        #expect(response.field("Content-Type") == "text/event-stream")
        #expect(response.events.count == 2)
    }

    @Test func `a client that goes away ends the call, and nothing more is written`() async throws {
        let gateway = Gateway(streams: StreamLimits(keepAlive: .seconds(600)))
        let exchange = ExchangeInMemory()
        async let answer = gateway.send(Self.patient.body, Self.patient.fields, over: exchange)
        await Polling.until("the call waits") { gateway.provider.waiting == 1 && exchange.pieces.count == 1 }
        exchange.disconnect()
        do {
            _ = try await answer
            Issue.record("there is an answer")
        } catch {
            #expect(error as? HTTPWriteError == .disconnected)
        }
        #expect(gateway.provider.waiting == 0)
        #expect(exchange.pieces.count == 1)
        #expect(gateway.audit.events.map(\.outcome) == [.cancelled])
    }

    @Test func `a write that fails ends the call`() async throws {
        let gateway = Gateway(streams: StreamLimits(keepAlive: .milliseconds(1)))
        let exchange = ExchangeInMemory()
        exchange.breakOff()
        await #expect(throws: HTTPWriteError.disconnected) {
            try await gateway.send(Self.patient.body, Self.patient.fields, over: exchange)
        }
        #expect(gateway.provider.waiting == 0)
        #expect(gateway.audit.events.map(\.outcome) == [.cancelled])
    }

    @Test func `fields for pages of other origins are on a stream too`() async throws {
        let gateway = Gateway()
        let call = Self.call("epic_count")
        let fields = call.fields.merging(["Origin": "https://pages.example.org"]) { old, _ in old }
        let response = try await gateway.send(call.body, fields)
        #expect(response.field("Content-Type") == "text/event-stream")
        #expect(response.field("Access-Control-Allow-Origin") == "https://pages.example.org")
    }

    @Test(arguments: [(1, 1), (2, 2)])
    func `so many requests of a session can be cancelled as the limit says`(limit: Int, cancelled: Int) async throws {
        let gateway = Gateway(sessionLimits: SessionStore.Limits(cancellableRequests: limit))
        let initialize = #"{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25"}}"#
        let session = try #require(try await gateway.send(initialize).field("Mcp-Session-Id"))
        let exchanges = [ExchangeInMemory(), ExchangeInMemory()]
        let params = #"{"name":"epic_jobs","arguments":\#(ProviderInMemory.patience)}"#
        try await withThrowingTaskGroup(of: Int.self) { group in
            for (id, exchange) in exchanges.enumerated() {
                group.addTask {
                    let body = #"{"jsonrpc":"2.0","id":\#(id),"method":"tools/call","params":\#(params)}"#
                    return try await gateway.send(body, ["Mcp-Session-Id": session], over: exchange).status
                }
                await Polling.until("call \(id) waits") { gateway.provider.waiting == id + 1 }
            }
            for id in exchanges.indices {
                let body = """
                    {"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":\(id)}}
                    """
                #expect(try await gateway.send(body, ["Mcp-Session-Id": session]).status == 202)
            }
            await Polling.until("the cancelled calls end") { gateway.provider.waiting == 2 - cancelled }
            for exchange in exchanges { exchange.cancel() }
            var statuses: [Int] = []
            for try await status in group { statuses.append(status) }
            #expect(statuses.count { $0 == 202 } == cancelled)
        }
    }
}

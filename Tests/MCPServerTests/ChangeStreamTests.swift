import HTTPServer
import MCPServer
import TestSupport
import Testing

@Suite("Streams of changes, in memory")
struct ChangeStreamTests {
    /// Opens a stream that watches one resource, and has `body` see what is written on it until the hub ends it.
    private static func listening(
        to gateway: Gateway,
        _ body: (ExchangeInMemory) async throws -> Void
    ) async throws {
        let meta = """
            {"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}
            """
        let wanted = #"{"toolsListChanged":true,"resourceSubscriptions":["epic+note:static"]}"#
        let response = try await gateway.send(
            """
            {"jsonrpc":"2.0","id":1,"method":"subscriptions/listen","params":{"notifications":\(wanted),"_meta":\(meta)}}
            """,
            [
                "MCP-Protocol-Version": "2026-07-28", "Mcp-Method": "subscriptions/listen",
                "Accept": "application/json, text/event-stream",
            ]
        )
        guard case .stream(let produce) = response.body else {
            Issue.record("\(response) is no stream")
            return
        }
        let exchange = ExchangeInMemory()
        async let end: Void = produce(exchange)
        await Polling.until("the greeting") { !exchange.pieces.isEmpty }
        try await body(exchange)
        gateway.hub.endAll()
        try await end
    }

    @Test func `who watches a resource is told of it alone, and who has gone is forgotten`() async throws {
        let gateway = Gateway(streams: StreamLimits(keepAlive: .seconds(600)))
        try await Self.listening(to: gateway) { exchange in
            #expect(gateway.hub.count == 1)
            #expect(gateway.hub.watchedCount == 1)
            gateway.hub.tellUpdate(of: "note:busy", in: "epic")
            gateway.hub.tellUpdate(of: "note:static", in: "atlas")
            gateway.hub.tellUpdate(of: "note:static", in: "epic")
            await Polling.until("word of the resource") { exchange.pieces.count > 1 }
            #expect(exchange.pieces.count == 2)
            #expect(exchange.pieces.last?.contains("epic+note:static") == true)
        }
        #expect(gateway.hub.count == 0)
        #expect(gateway.hub.watchedCount == 0)
    }

    @Test func `a stream on which nothing happens is kept alive, again and again`() async throws {
        let gateway = Gateway(streams: StreamLimits(keepAlive: .milliseconds(5)))
        try await Self.listening(to: gateway) { exchange in
            await Polling.until("comments") { exchange.pieces.count { $0 == ": keep-alive\n\n" } >= 3 }
            gateway.hub.tellUpdate(of: "note:static", in: "epic")
            await Polling.until("word of the resource") { exchange.pieces.contains { $0.contains("updated") } }
            let comments = exchange.pieces.count { $0 == ": keep-alive\n\n" }
            await Polling.until("more comments") { exchange.pieces.count { $0 == ": keep-alive\n\n" } > comments }
        }
    }
}

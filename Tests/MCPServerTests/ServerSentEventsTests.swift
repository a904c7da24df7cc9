import HTTPServer
import MCPModel
import MCPServer
import Testing

@Suite("Server-sent events")
struct ServerSentEventsTests {
    @Test(arguments: [
        (#"{"a":1}"#, "event: message\ndata: {\"a\":1}\n\n"),
        ("{\"a\":\n1,\r\n\"b\":2}\r", "event: message\ndata: {\"a\": 1,  \"b\":2} \n\n"),
        (#"{"a":"x\ny"}"#, "event: message\ndata: {\"a\":\"x\\ny\"}\n\n"),
        ("\"\u{2028}\u{E9}\"", "event: message\ndata: \"\u{2028}\u{E9}\"\n\n"),
    ])
    func `a JSON text is one event of one line`(json: String, event: String) {
        var bytes: [UInt8] = []
        ServerSentEvents.append(Array(json.utf8), to: &bytes)
        #expect(String(decoding: bytes, as: UTF8.self) == event)
        ServerSentEvents.append(Array(json.utf8), to: &bytes)
        #expect(String(decoding: bytes, as: UTF8.self) == event + event)
    }

    @Test func `what keeps a stream alive is a comment`() {
        #expect(String(decoding: ServerSentEvents.keepAlive, as: UTF8.self) == ": keep-alive\n\n")
    }

    @Test(arguments: [
        ("Content-Type", "text/event-stream"), ("Cache-Control", "no-cache, no-transform"),
        ("X-Accel-Buffering", "no"),
    ])
    func `the head tells proxies to leave the stream alone`(name: String, value: String) {
        #expect(ServerSentEvents.head.status == 200)
        #expect(ServerSentEvents.head.field(name) == value)
    }
}

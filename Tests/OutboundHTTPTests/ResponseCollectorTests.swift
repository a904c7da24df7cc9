import GatewayCore
import OutboundHTTP
import Testing

@Suite("ResponseCollector")
struct ResponseCollectorTests {
    private func collector(
        maximumBytes: Int = 4,
        truncates: Bool = false,
        limits: OutboundLimits = OutboundLimits()
    ) -> ResponseCollector {
        ResponseCollector(maximumBytes: maximumBytes, truncates: truncates, limits: limits)
    }

    @Test func `keeps the fields of the final answer only`() {
        var collector = collector()
        for line in [
            "HTTP/1.1 103 Early Hints\r\n", "Link: a\r\n", "\r\n", "HTTP/2 200 \r\n", "A:b \r\n", "B:\r\n", " c\r\n",
            "no field\r\n", "\r\n", "Trailer: x\r\n", "\r\n",
        ] {
            #expect(collector.receiveHeaderLine(line.utf8) == true)
        }
        #expect(collector.headers == [HTTPField("A", "b"), HTTPField("B", " c")])
        #expect(collector.stop == nil)
    }

    @Test func `counts the fields of interim answers and trailers`() {
        var collector = collector(limits: OutboundLimits(maximumHeaderFields: 3))
        let lines = ["HTTP/1.1 103 \r\n", "A: b\r\n", "\r\n", "HTTP/1.1 200 OK\r\n", "A: b\r\n", "\r\n", "A: b\r\n"]
        for line in lines { #expect(collector.receiveHeaderLine(line.utf8) == true) }
        #expect(collector.receiveHeaderLine("A: b\r\n".utf8) == false)
        #expect(collector.stop == .tooManyHeaderFields)
    }

    @Test func `counts the bytes of all header lines`() {
        var collector = collector(limits: OutboundLimits(maximumHeaderBytes: 23))
        #expect(collector.receiveHeaderLine("HTTP/1.1 200 OK\r\n".utf8) == true)
        #expect(collector.receiveHeaderLine("A: b\r\n".utf8) == true)
        #expect(collector.stop == nil)
        #expect(collector.receiveHeaderLine("\n".utf8) == false)
        #expect(collector.stop == .headersTooLarge)
    }

    @Test func `takes a body of exactly its cap in any pieces`() {
        var collector = collector()
        #expect(collector.receiveBody("ab".utf8) == true)
        #expect(collector.receiveBody("cd".utf8) == true)
        #expect(collector.stop == nil)
        #expect(collector.receiveBody("e".utf8) == false)
        #expect(collector.stop == .tooLarge)
    }

    @Test func `cuts a longer body at its cap`() {
        var collector = collector(truncates: true)
        #expect(collector.receiveBody("abc".utf8) == true)
        #expect(collector.receiveBody("def".utf8) == false)
        #expect(collector.stop == .truncated)
        #expect(collector.body == Array("abcd".utf8))
    }
}

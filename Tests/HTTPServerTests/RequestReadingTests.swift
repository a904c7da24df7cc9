import GatewayCore
import HTTPServer
import Testing

@Suite(.timeLimit(.minutes(1)))
struct RequestReadingTests {
    @Test(arguments: [
        ("GET / HTTP/1.1\r\nHost: a\r\n\r\n", "GET / "),
        ("GET /mcp?x=1&y=%20 HTTP/1.1\r\nHost: a\r\n\r\n", "GET /mcp?x=1&y=%20 "),
        ("GET /mcp? HTTP/1.1\r\nHost: a\r\n\r\n", "GET /mcp? "),
        ("GET http://Example.org/mcp?q HTTP/1.1\r\nHost: example.org\r\n\r\n", "GET /mcp?q "),
        ("GET http://example.org?q HTTP/1.1\r\nHost: example.org\r\n\r\n", "GET /?q "),
        ("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", "OPTIONS * "),
        ("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello", "POST /a hello"),
        ("DELETE /a HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n", "DELETE /a "),
        (
            "POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: Chunked\r\n\r\n2\r\nhe\r\n3;x=y\r\nllo\r\n0\r\nT: x\r\n\r\n",
            "POST /a hello"
        ),
        ("GET /old HTTP/1.0\r\n\r\n", "GET /old "),
    ])
    func `reads a request`(request: String, understood: String) async throws {
        let answer = try await serving { listener in
            var client = try await WireClient.connect(to: listener.port)
            try await client.send(request)
            return try await client.answer()
        }
        #expect(answer.status == 200)
        #expect(answer.content == understood)
    }

    @Test
    func `reads a request that comes byte by byte`() async throws {
        let patient: (inout ListenerConfiguration) -> Void = {
            $0.headerTimeout = .seconds(300)
            $0.bodyTimeout = .seconds(300)
        }
        let answer = try await serving(patient) { listener in
            var client = try await WireClient.connect(to: listener.port)
            for byte in "POST /slow HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc" {
                try await client.send(String(byte))
            }
            return try await client.answer()
        }
        #expect(answer.content == "POST /slow abc")
    }

    @Test
    func `gives the handler every field and the peer's address`() async throws {
        let answer = try await serving(respond: { request in
            let fields = request.headers
            let text = """
                \(fields.first("X-ONE") ?? "-") \(fields.values("x-two")) \(fields.count("x-Two")) \
                \(fields.count("x-three")) \(fields.first("x-three") ?? "-") \(request.remoteAddress ?? "-")
                """
            return HTTPResponse(status: 200, body: .bytes(Array(text.utf8)))
        }) { listener in
            var client = try await WireClient.connect(to: listener.port)
            try await client.send("GET / HTTP/1.1\r\nHost: a\r\nx-one: 1\r\nX-Two: a, b\r\nx-two: c\r\n\r\n")
            return try await client.answer()
        }
        #expect(answer.content == "1 [\"a, b\", \"c\"] 2 0 - 127.0.0.1")
    }

    @Test
    func `looks fields up without regard to case`() {
        let fields = HTTPHeaderFields([HTTPField("Accept", "a"), HTTPField("ACCEPT", "b"), HTTPField("Accep", "c")])
        #expect(fields.values("accept") == ["a", "b"])
        #expect(fields.first("aCCEPT") == "a")
        #expect(fields.count("accept") == 2)
        #expect(fields.count("accept-language") == 0)
        #expect(fields.first("x") == nil)
        #expect(fields.values("x") == [])
    }

    @Test(arguments: [
        ("no host", "GET / HTTP/1.1\r\n\r\n", 400),
        ("two hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", 400),
        ("two hosts of 1.0", "GET / HTTP/1.0\r\nHost: a\r\nHost: a\r\n\r\n", 400),
        ("other authority", "GET http://b/ HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        (
            "length and coding",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", 400
        ),
        (
            "coding and length",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n", 400
        ),
        ("two lengths", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\nx", 400),
        ("list of lengths", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1, 1\r\n\r\nx", 400),
        ("signed length", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +1\r\n\r\nx", 400),
        ("negative length", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\nx", 400),
        ("hexadecimal length", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0x1\r\n\r\nx", 400),
        ("empty length", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length:\r\n\r\nx", 400),
        ("huge length", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\nx", 400),
        ("two codings", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 400),
        ("other coding", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: identity\r\n\r\n", 400),
        (
            "chunked twice",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n", 400
        ),
        ("coding with a form feed", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: \u{C}chunked\r\n\r\n", 400),
        ("coding of 1.0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
        ("space before colon", "GET / HTTP/1.1\r\nHost : a\r\n\r\n", 400),
        ("folded line", "GET / HTTP/1.1\r\nHost: a\r\nX: a\r\n b\r\n\r\n", 400),
        ("folded first line", "GET / HTTP/1.1\r\n Host: a\r\n\r\n", 400),
        ("bare carriage return", "GET / HTTP/1.1\r\nHost: a\r\nX: a\rb\r\n\r\n", 400),
        ("bare line feed", "GET / HTTP/1.1\nHost: a\n\n", 400),
        ("line feed between fields", "GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n", 400),
        ("NUL in a value", "GET / HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n", 400),
        ("empty field name", "GET / HTTP/1.1\r\nHost: a\r\n: b\r\n\r\n", 400),
        ("no colon", "GET / HTTP/1.1\r\nHost: a\r\nnonsense\r\n\r\n", 400),
        ("not a request", "nonsense\r\n\r\n", 400),
        ("unknown method", "FETCH / HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("space in target", "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("relative target", "GET a HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("chunk size not hexadecimal", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n", 400),
        (
            "chunk longer than its size", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n",
            400
        ),
        (
            "chunk ended by line feed", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\na\n0\n\n",
            400
        ),
        ("TLS", "\u{16}\u{3}\u{1}\u{2}\0\u{1}\0\u{1}\u{FC}\u{3}\u{3}", 400),
        ("HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400),
        ("unknown version", "GET / HTTP/2.0\r\nHost: a\r\n\r\n", 400),
        ("tunnel", "CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n", 501),
        ("unknown expectation", "POST / HTTP/1.1\r\nHost: a\r\nExpect: tea\r\nContent-Length: 1\r\n\r\n", 417),
    ])
    func `refuses a doubtful request and closes`(what: String, request: String, status: Int) async throws {
        try await serving { listener in
            var client = try await WireClient.connect(to: listener.port)
            try await client.send(request + "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n")
            let answer = try await client.answer()
            #expect(answer.status == status, "\(what)")
            #expect(answer.field("Connection") == "close")
            #expect(answer.field("Content-Type") == "text/plain; charset=utf-8")
            #expect(answer.content.hasSuffix(".\n"))
            #expect(await client.readToEnd() == "")
        }
    }
}

import JSON
import TestSupport
import Testing

/// Bytes that no client of good will sends, each followed by proof that the gateway still serves.
@Suite("Hostile requests")
struct HostileInputTests {
    private func expectService(of gateway: GatewayProcess) async throws {
        #expect(try await gateway.toolNames(token: gateway.token()).contains("epic_panda_list_jobs"))
    }

    /// A well-formed request for the tools, to be spoiled in one place.
    private func listing(_ gateway: GatewayProcess) async throws -> WireRequest {
        try await gateway.message("tools/list", token: gateway.token())
    }

    @Test(arguments: [
        "", "{", "[]", "null", #"{"jsonrpc":"2.0","id":1,"method":"tools/list""#, "\u{0}\u{1}", #"{"a":1,"a":2}"#,
        #"{"jsonrpc":"1.0","id":1,"method":"tools/list"}"#, #"{"jsonrpc":"2.0","id":{},"method":"tools/list"}"#,
    ])
    func `a body that is no message is a fault of the client`(_ body: String) async throws {
        let gateway = try await SharedSite.gateway()
        var request = try await listing(gateway)
        request.body = Array(body.utf8)
        let answer = try await gateway.exchange(request)
        #expect(answer.status == 400, "\(answer)")
        let code = try #require(answer.json?["error"]?["code"]?.integer)
        #expect([-32700, -32600, -32602].contains(code))
        #expect(answer.json?["error"]?["message"]?.string?.isEmpty == false)
        try await expectService(of: gateway)
    }

    @Test func `a hundred thousand nested arrays are refused`() async throws {
        let gateway = try await SharedSite.gateway()
        var request = try await listing(gateway)
        request.body = Array(repeating: UInt8(ascii: "["), count: 100_000)
        let answer = try await gateway.exchange(request)
        #expect(answer.status == 400)
        #expect(answer.json?["error"]?["code"] == -32600)
        #expect(answer.json?["error"]?["message"]?.string?.contains("64") == true, "\(answer)")
        try await expectService(of: gateway)
    }

    @Test func `arguments nested deeper than allowed are refused`() async throws {
        let gateway = try await SharedSite.gateway()
        let depth = 100
        let nested = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        let arguments: JSONValue = ["pandaid": try JSONValue(parsing: nested, limits: JSONLimits(depth: 200))]
        let answer = try await gateway.exchange(
            gateway.callMessage("atlas_panda_study_job", arguments, token: gateway.token())
        )
        #expect(answer.status == 400)
        try await expectService(of: gateway)
    }

    @Test(arguments: [(1 << 20) + 1, 10_000_000])
    func `a body over the limit is refused before it is read`(_ size: Int) async throws {
        let gateway = try await SharedSite.gateway()
        var request = try await listing(gateway)
        request.body = Array(repeating: UInt8(ascii: " "), count: size)
        let answer = try await gateway.exchange(request)
        #expect(answer.status == 413)
        #expect(answer.text.contains("1048576"))
        try await expectService(of: gateway)
    }

    @Test func `a body at the limit is read`() async throws {
        let gateway = try await SharedSite.gateway()
        var request = try await listing(gateway)
        request.body += Array(repeating: UInt8(ascii: " "), count: (1 << 20) - request.body.count)
        #expect(try await gateway.exchange(request).status == 200)
    }

    @Test func `a header over the limit is refused`() async throws {
        let gateway = try await SharedSite.gateway()
        var request = try await listing(gateway)
        request.fields.append("X-Filler: " + String(repeating: "x", count: 20_000))
        #expect(try await gateway.exchange(request).status == 431)
        try await expectService(of: gateway)
    }

    @Test(arguments: [
        "\r\n\r\n\u{0}\u{0}", "GET\r\n\r\n", "POST /mcp HTTP/9.9\r\n\r\n", "\u{16}\u{3}\u{1}\u{2}\u{0}\r\n\r\n",
    ])
    func `bytes that are no request get a refusal or nothing`(_ bytes: String) async throws {
        let gateway = try await SharedSite.gateway()
        do {
            let answer = try await WireConnection(port: gateway.port).exchange(Array(bytes.utf8))
            #expect((400..<500).contains(answer.status) || answer.status == 505)
        } catch WireConnection.Failure.endedWithoutAnswer {}
        try await expectService(of: gateway)
    }

    @Test(arguments: [
        ("GET", "/mcp", 405), ("PUT", "/mcp", 405), ("DELETE", "/mcp", 405), ("GET", "/mcp/epic", 405),
        ("POST", "/mcp/nowhere", 404), ("GET", "/", 404), ("POST", "/mcp/../mcp", 404), ("GET", "/etc/passwd", 404),
    ])
    func `a wrong method or path says so`(_ method: String, _ path: String, _ status: Int) async throws {
        let gateway = try await SharedSite.gateway()
        var request = try await listing(gateway)
        request.method = method
        request.path = path
        if method != "POST" { request.body = [] }
        let answer = try await gateway.exchange(request)
        #expect(answer.status == status, "\(answer)")
        if status == 405 { #expect(answer.field("Allow")?.contains("POST") == true) }
    }

    @Test(arguments: ["text/plain", "application/x-www-form-urlencoded", "application/json; charset=utf-16"])
    func `another media type than JSON is refused`(_ type: String) async throws {
        let gateway = try await SharedSite.gateway()
        var request = try await listing(gateway)
        request.fields = request.fields.map { $0.hasPrefix("Content-Type:") ? "Content-Type: \(type)" : $0 }
        #expect(try await gateway.exchange(request).status == 415)
    }

    @Test func `a client that takes no JSON is told so`() async throws {
        let gateway = try await SharedSite.gateway()
        var request = try await listing(gateway)
        request.fields = request.fields.map { $0.hasPrefix("Accept:") ? "Accept: text/html" : $0 }
        #expect(try await gateway.exchange(request).status == 406)
    }

    @Test(arguments: ["https://evil.example.org", "null", "http://127.0.0.1.evil.example.org"])
    func `a page of another site is turned away`(_ origin: String) async throws {
        let gateway = try await SharedSite.gateway()
        var request = try await listing(gateway)
        request.fields.append("Origin: \(origin)")
        let answer = try await gateway.exchange(request)
        #expect(answer.status == 403)
        #expect(answer.field("Access-Control-Allow-Origin") == nil)
    }

    @Test(arguments: ["evil.example.org", "127.0.0.1.evil.example.org:80"])
    func `a host name that is not ours is turned away`(_ host: String) async throws {
        let gateway = try await SharedSite.gateway()
        var request = try await listing(gateway)
        request.host = host
        #expect(try await gateway.exchange(request).status == 421)
    }

    @Test func `headers that contradict the body are refused`() async throws {
        let gateway = try await SharedSite.gateway()
        var request = try await gateway.callMessage("rubin_list_runs", [:], token: gateway.token())
        request.fields = request.fields.map { $0.hasPrefix("Mcp-Name:") ? "Mcp-Name: epic_panda_list_jobs" : $0 }
        let answer = try await gateway.exchange(request)
        #expect(answer.status == 400)
        #expect(answer.json?["error"]?["code"] == -32020)
    }
}

import HTTPServer
import JSON
import Testing

@Suite("Era of a request")
struct EraSelectionTests {
    private static let claim = #""params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"<V>"}}"#

    /// What tells the eras apart from outside: a modern answer to an unknown method is not about sessions.
    private static let sessionNeeded = "One header field Mcp-Session-Id is needed. Begin with initialize."

    @Test(
        arguments: [
            (nil, nil, true),
            ("2025-03-26", nil, true),
            ("2025-06-18", nil, true),
            ("2025-11-25", nil, true),
            ("2026-07-28", nil, false),
            ("2031-01-01", nil, false),
            ("", nil, false),
            (nil, "2026-07-28", false),
            (nil, "2025-11-25", false),
            (nil, "2031-01-01", false),
            ("2025-11-25", "2025-11-25", false),
            ("2025-11-25", "2026-07-28", false),
            ("2026-07-28", "2026-07-28", false),
            ("2026-07-28", "2025-11-25", false),
        ] as [(String?, String?, Bool)]
    )
    func `header and body decide`(header: String?, claim: String?, isSession: Bool) async throws {
        let parameters = claim.map { "," + Self.claim.replacing("<V>", with: $0) } ?? ""
        let body = #"{"jsonrpc":"2.0","id":1,"method":"nothing"\#(parameters)}"#
        let fields = header.map { ["MCP-Protocol-Version": $0] } ?? [:]
        let response = try await Gateway().send(body, fields)
        let message = response.json?["error"]?["message"]?.string
        #expect((message == Self.sessionNeeded) == isSession)
        #expect(response.status == 400)
    }

    @Test func `a claim of another type is a claim`() async throws {
        let body =
            #"{"jsonrpc":"2.0","id":1,"method":"x","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":1}}}"#
        #expect(try await Gateway().send(body).json?["error"]?["code"] == -32602)
    }

    @Test(arguments: [
        "null", "7", "\"text\"", "[]", "{}", "[[]]", "[null]", #"{"params":[]}"#, #"{"params":{"_meta":3}}"#,
    ])
    func `bodies of any shape are answered`(body: String) async throws {
        let response = try await Gateway().send(body)
        #expect(response.status == 400)
        #expect(response.json?["error"]?["code"] == -32600)
    }
}

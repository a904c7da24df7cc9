import JSON
import MCPModel
import Testing

@Suite("JSON-RPC messages")
struct MessageTests {
    private func message(_ text: String) throws -> JSONRPCMessage {
        try JSONRPCMessage(JSONDocument(parsing: Array(text.utf8)).root)
    }

    @Test func `a request keeps its id as written`() throws {
        let text = #"{"jsonrpc":"2.0","id": "\u0061" ,"method":"tools\/list","params":{"a":1}}"#
        guard case .request(let request) = try message(text) else {
            Issue.record("not a request")
            return
        }
        #expect(Array(request.id.bytes) == Array(#""\u0061""#.utf8))
        #expect(request.method == "tools/list")
        #expect(request.parameters?["a"]?.integer == 1)
    }

    @Test func `members without meaning are passed over`() throws {
        guard case .notification(let method, _) = try message(#"{"x":[1],"method":"m","jsonrpc":"2.0"}"#) else {
            Issue.record("not a notification")
            return
        }
        #expect(method == "m")
    }

    @Test(arguments: [#"{"jsonrpc":"2.0","id":1,"result":null}"#, #"{"jsonrpc":"2.0","id":1,"error":{}}"#])
    func `answers of a client are told apart`(text: String) throws {
        guard case .response = try message(text) else {
            Issue.record("not a response")
            return
        }
    }

    @Test(arguments: ["1", "-0", "9223372036854775808", "\"\""])
    func `ids are strings and integers`(id: String) throws {
        guard case .request(let request) = try message(#"{"jsonrpc":"2.0","method":"m","id":\#(id)}"#) else {
            Issue.record("not a request")
            return
        }
        #expect(Array(request.id.bytes) == Array(id.utf8))
    }

    @Test(arguments: ["null", "true", "1.0", "1e3", "[]", "{}"])
    func `other ids are refused`(id: String) {
        let fault = #expect(throws: MessageFault.self) {
            try message(#"{"jsonrpc":"2.0","method":"m","id":\#(id)}"#)
        }
        #expect(fault?.id == nil)
        let expected = ProtocolError(.invalidRequest, "The member \"id\" must be a string or an integer.")
        #expect(fault?.error == expected)
    }

    @Test(arguments: [
        (JSONParseError.Kind.unexpectedEnd, ProtocolErrorCode.parseError),
        (.unexpectedByte(7), .parseError),
        (.invalidUTF8, .parseError),
        (.trailingBytes, .parseError),
        (.tooDeep(limit: 64), .invalidRequest),
        (.tooLarge(limit: 10), .invalidRequest),
        (.duplicateName("a"), .invalidRequest),
    ])
    func `a text that breaks a limit is JSON all the same`(kind: JSONParseError.Kind, code: ProtocolErrorCode) {
        #expect(ProtocolError(JSONParseError(kind, at: 0)).code == code)
    }

    @Test func `modern metadata is read`() throws {
        let text = """
            {"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",\
            "io.modelcontextprotocol/clientCapabilities":{"elicitation":{}},\
            "io.modelcontextprotocol/clientInfo":7,"progressToken":4,"traceparent":"00-a-b-01"}}
            """
        let metadata = try RequestMetadata(of: JSONDocument(parsing: Array(text.utf8)).root)
        #expect(metadata.protocolVersion == "2026-07-28")
        #expect(metadata.clientCapabilities["elicitation"] != nil)
        #expect(metadata.clientInfo == nil)
        #expect(metadata.progressToken.map { Array($0.bytes) } == Array("4".utf8))
        #expect(metadata.traceParent == "00-a-b-01")
    }
}

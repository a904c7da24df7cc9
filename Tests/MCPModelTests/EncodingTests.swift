import GatewayCore
import JSON
import MCPModel
import Testing

@Suite("Encoding of results")
struct EncodingTests {
    private let encoder = MessageEncoder(server: Implementation(name: "beamline", version: "1"))

    private func result(_ result: ProviderResult, _ revision: Revision) throws -> JSONValue {
        let document = try JSONDocument(parsing: Array("7".utf8))
        let id = try #require(RequestIdentifier(document.root))
        let bytes = encoder.result(CallToolResult(result), to: id, revision: revision)
        let message = try JSONValue(parsing: bytes)
        #expect(message["id"] == 7)
        return try #require(message["result"])
    }

    @Test(arguments: Revision.allCases)
    func `a result without anything has no content`(revision: Revision) throws {
        let result = try result(ProviderResult(structured: []), revision)
        #expect(result["content"] == [])
        #expect(result["structuredContent"] == nil)
        #expect(result["isError"] == false)
    }

    @Test(arguments: ["7", "null", "\"x\"", "[1]", "true", " [1]"])
    func `a value that is no object is wrapped for sessions only`(value: String) throws {
        let bytes = Array(value.utf8)
        let plain = try JSONValue(parsing: bytes)
        #expect(try result(ProviderResult(structured: bytes), .july2026)["structuredContent"] == plain)
        let wrapped = try result(ProviderResult(structured: bytes), .june2025)["structuredContent"]
        #expect(wrapped?["result"] == plain)
        #expect(try result(ProviderResult(structured: bytes), .march2025)["structuredContent"] == nil)
    }

    @Test(arguments: ["{}", " {\"a\":1}"])
    func `an object stands as it is`(value: String) throws {
        let bytes = Array(value.utf8)
        let plain = try JSONValue(parsing: bytes)
        #expect(try result(ProviderResult(structured: bytes), .november2025)["structuredContent"] == plain)
    }

    @Test func `the text is the structure, escaped once`() throws {
        let bytes = Array(#"{"a":"\"\\\n","b":"é"}"#.utf8)
        let result = try result(ProviderResult(structured: bytes), .july2026)
        #expect(result["content"]?.array?.first?["text"] == .string(String(decoding: bytes, as: UTF8.self)))
    }

    @Test func `a failure leaves out what it has not`() throws {
        let id = try #require(RequestIdentifier(JSONDocument(parsing: Array("7".utf8)).root))
        let bytes = encoder.result(CallToolResult(GatewayError(.timeout, "Late.")), to: id, revision: .november2025)
        let expected: JSONValue = ["error": ["code": "timeout", "message": "Late."]]
        #expect(try JSONValue(parsing: bytes)["result"]?["structuredContent"] == expected)
    }

    @Test func `a result's interface is named as the view names it`() throws {
        let meta =
            #"{"ui":{"resourceUri":"ui://a","share":0.10},"ui/resourceUri":"ui://a","org.a/b":{"resourceUri":"ui://a"}}"#
        let result = ProviderResult(structured: [], meta: Array(meta.utf8))
        let id = try #require(RequestIdentifier(JSONDocument(parsing: Array("7".utf8)).root))
        for (namespace, uri) in [(nil, "ui://a"), ("epic", "ui://epic/a")] {
            let bytes = encoder.result(CallToolResult(result, namespace: namespace), to: id, revision: .november2025)
            let expected = meta.replacing(#"ui":{"resourceUri":"ui://a""#, with: #"ui":{"resourceUri":"\#(uri)""#)
                .replacing(#"ui/resourceUri":"ui://a""#, with: #"ui/resourceUri":"\#(uri)""#)
            #expect(try JSONValue(parsing: bytes)["result"]?["_meta"] == JSONValue(parsing: expected))
        }
    }

    @Test(arguments: Revision.allCases)
    func `interfaces are said to be there where there are some, to who knows extensions`(revision: Revision) throws {
        let id = try #require(RequestIdentifier(JSONDocument(parsing: Array("7".utf8)).root))
        for hasInterfaces in [false, true] {
            let capabilities = ServerCapabilities(hasInterfaces: hasInterfaces)
            let server = Implementation(name: "beamline", version: "1")
            let result = InitializeResult(capabilities: capabilities, server: server, instructions: nil)
            let bytes = encoder.result(result, to: id, revision: revision)
            let extensions = try JSONValue(parsing: bytes)["result"]?["capabilities"]?["extensions"]
            let expected: JSONValue? = ["io.modelcontextprotocol/ui": [:]]
            #expect(extensions == (hasInterfaces && revision.hasExtensions ? expected : Optional.none))
        }
    }

    @Test func `the server's icons are shown where it introduces itself, to who knows icons`() throws {
        let icon = try Icon(source: "https://a.example.org/i.png")
        let server = Implementation(name: "beamline", version: "1", icons: [icon])
        let encoder = MessageEncoder(server: server)
        let id = try #require(RequestIdentifier(JSONDocument(parsing: Array("7".utf8)).root))
        let hints = CacheHints(timeToLive: 0, scope: .private)
        func info(_ result: some ServerResult, _ revision: Revision) throws -> JSONValue? {
            let result = try JSONValue(parsing: encoder.result(result, to: id, revision: revision))["result"]
            return result?["serverInfo"] ?? result?["_meta"]?[MetaKey.serverInfo]
        }
        let discover = DiscoverResult(capabilities: ServerCapabilities(), instructions: nil, cacheHints: hints)
        #expect(try info(discover, .july2026)?["icons"] == [icon.document])
        let result = CallToolResult(ProviderResult(structured: []))
        #expect(try info(result, .july2026) == ["name": "beamline", "version": "1"])
        for revision in Revision.allCases.filter(\.isSession) {
            let initialize = InitializeResult(capabilities: ServerCapabilities(), server: server, instructions: nil)
            #expect(try info(initialize, revision)?["icons"] == (revision.hasIcons ? [icon.document] : nil))
        }
    }

    @Test func `an error without a readable id has a null one`() {
        let bytes = encoder.error(ProtocolError(.parseError, "No."), to: nil)
        let expected = #"{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"No."}}"#
        #expect(String(decoding: bytes, as: UTF8.self) == expected)
    }
}

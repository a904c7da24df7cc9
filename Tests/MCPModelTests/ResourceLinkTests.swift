import GatewayCore
import JSON
import MCPModel
import Testing

@Suite("Links to resources in results")
struct ResourceLinkTests {
    private static func content(_ uri: String, _ revision: Revision, namespace: String?) throws -> JSONValue? {
        let link = #"[{"type":"resource_link","name":"n","uri":"\#(uri)"}]"#
        let result = ProviderResult(structured: [], content: Array(link.utf8))
        let id = try #require(RequestIdentifier(JSONDocument(parsing: Array("1".utf8)).root))
        let bytes = MessageEncoder(server: Implementation(name: "s", version: "1"))
            .result(CallToolResult(result, namespace: namespace), to: id, revision: revision)
        return try JSONValue(parsing: bytes)["result"]?["content"]?.array?.first
    }

    @Test(
        arguments: [
            ("log:1", "epic", "epic+log:1"), ("log:1", nil, "log:1"),
            ("https://x.example.org/1", "epic", "https://x.example.org/1"),
            ("http://x.example.org/1", "epic", "http://x.example.org/1"), ("no uri", "epic", "no uri"),
        ] as [(String, String?, String)]
    )
    func `a link keeps what is not the plugin's own`(uri: String, namespace: String?, shown: String) throws {
        let link = try Self.content(uri, .july2026, namespace: namespace)
        #expect(link == ["type": "resource_link", "name": "n", "uri": .string(shown)])
        let text = try Self.content(uri, .march2025, namespace: namespace)
        #expect(text == ["type": "text", "text": .string("n: \(shown)")])
    }
}

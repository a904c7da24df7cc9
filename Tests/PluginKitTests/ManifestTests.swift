import JSON
import PluginKit
import Testing

@Suite("Manifests")
struct ManifestTests {
    private static let tool = ToolDescription(
        name: "greet",
        title: "Greet",
        summary: "Greets.",
        input: .object([
            .required("name", .string("Whom.", maximumLength: 10)), .optional("loud", .boolean(default: false)),
        ]),
        output: .object([.required("text", .string())]),
        effect: .destroys(isIdempotent: true),
        timeoutMilliseconds: 500
    )

    private static let manifest = Manifest(
        id: "org.example.greeter",
        version: "1.2.3",
        namespace: "greeter",
        tools: [tool],
        sources: [SourceRequirement("people", .sql, isRequired: false)],
        auth: AuthRules(
            roles: [.init("user", "a member")],
            scopes: [.init("read", "read"), .init("write", "write")],
            implies: ["write": ["read"]],
            rules: [.allow("*", anyRole: ["user"], scopes: ["read"]), .open("greet")]
        )
    )

    @Test func `the document is the same bytes every time`() {
        #expect(Self.manifest.document.serialized == Self.manifest.document.serialized)
        #expect(Self.manifest.document["schema"] == "beamline.manifest/1")
    }

    @Test func `a tool is written as MCP writes it`() throws {
        let document = try #require(Self.manifest.document["tools"]?.array?.first)
        #expect(document["inputSchema"]?["required"] == ["name"])
        #expect(document["inputSchema"]?["additionalProperties"] == false)
        #expect(document["inputSchema"]?["properties"]?["name"]?["maxLength"] == 10)
        #expect(document["annotations"]?["destructiveHint"] == true)
        #expect(document["annotations"]?["readOnlyHint"] == false)
        #expect(document["timeout_ms"] == 500)
    }

    @Test func `rules are local words`() {
        let auth = Self.manifest.document["auth"]
        #expect(auth?["implies"] == ["write": ["read"]])
        #expect(auth?["rules"]?.array?.first == ["match": "*", "call": ["anyRole": ["user"], "scope": ["read"]]])
        #expect(auth?["rules"]?.array?.last == ["match": "greet", "public": true])
    }
}

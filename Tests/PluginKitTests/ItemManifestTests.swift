import JSON
import PluginKit
import PluginTesting
import Testing

@Suite("Resources and prompts in a manifest")
struct ItemManifestTests {
    private static let manifest = Manifest(
        id: "org.test",
        version: "1",
        namespace: "test",
        tools: [],
        resources: [
            .init(uri: "note:a", name: "a", title: "A", summary: "The note.", mimeType: "text/plain"),
            .init(uri: "note:{b}", name: "b", title: "B", summary: "Notes.", mimeType: "text/plain"),
        ],
        prompts: [
            .init(name: "ask", title: "Ask", summary: "Asks.", arguments: [.init("job", "Which?", isRequired: false)])
        ],
        auth: AuthRules(roles: [], scopes: [], rules: [])
    )

    @Test func `addresses with variables are templates`() {
        let document = Self.manifest.document
        #expect(document["resources"]?.array?.compactMap { $0["uri"]?.string } == ["note:a"])
        #expect(document["resourceTemplates"]?.array?.compactMap { $0["uriTemplate"]?.string } == ["note:{b}"])
    }

    @Test func `prompts say which arguments they need`() {
        #expect(
            Self.manifest.document["prompts"] == [
                [
                    "name": "ask", "title": "Ask", "description": "Asks.",
                    "arguments": [["name": "job", "description": "Which?", "required": false]],
                ]
            ]
        )
    }
}

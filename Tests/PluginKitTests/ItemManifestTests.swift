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

    @Test func `icons and metadata are said where there are any`() {
        let icons = [
            Icon("https://a.example.org/i.png", sizes: ["48x48"]),
            Icon(embedding: [0xFF, 0xD8, 0xFF], .jpeg, theme: .dark),
        ]
        let written: JSONValue = [
            ["src": "https://a.example.org/i.png", "sizes": ["48x48"]],
            ["src": "data:image/jpeg;base64,/9j/", "mimeType": "image/jpeg", "theme": "dark"],
        ]
        let metadata: JSONValue = ["ui": ["prefersBorder": true]]
        let document = Manifest(
            id: "org.test",
            version: "1",
            namespace: "test",
            tools: [
                .init(
                    name: "t",
                    title: "T",
                    summary: "S.",
                    input: .object([]),
                    output: .object([]),
                    icons: icons,
                    metadata: metadata
                )
            ],
            resources: [
                .init(
                    uri: "note:a",
                    name: "a",
                    title: "A",
                    summary: "S.",
                    mimeType: "text/plain",
                    icons: icons,
                    metadata: metadata
                )
            ],
            prompts: [.init(name: "ask", title: "Ask", summary: "S.", icons: icons, metadata: metadata)],
            auth: AuthRules(roles: [], scopes: [], rules: [])
        ).document
        for key in ["tools", "resources", "prompts"] {
            #expect(document[key]?.array?.map { $0["icons"] } == [written])
            #expect(document[key]?.array?.map { $0["_meta"] } == [metadata])
        }
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

import JSON
import PluginKit
import PluginTesting
import Testing

@Suite("Content")
struct ContentTests {
    private struct PictureTool: Tool {
        struct Input: Decodable, Sendable {}

        static let description = ToolDescription(
            name: "picture",
            title: "Picture",
            summary: "Shows a picture.",
            input: .object([]),
            output: nil
        )

        func call(_ input: Input, in context: CallContext) async throws(ToolError) -> ToolContent {
            context.announce(.resource("note:a"))
            context.announce(.tools)
            return ToolContent(.text("Here:"), .image([1, 2, 3, 4], mimeType: "image/png"))
        }
    }

    /// Its answer and its description do not fit together.
    private struct MisdescribedTool: Tool {
        struct Input: Decodable, Sendable {}

        static let description = ToolDescription(
            name: "misdescribed",
            title: "Misdescribed",
            summary: "Promises a structure.",
            input: .object([]),
            output: .object([])
        )

        func call(_ input: Input, in context: CallContext) async throws(ToolError) -> ToolContent { ToolContent() }
    }

    /// Answers with a structure that it does not describe.
    private struct UndescribedTool: Tool {
        struct Input: Decodable, Sendable {}

        static let description = ToolDescription(
            name: "undescribed",
            title: "Undescribed",
            summary: "Promises nothing.",
            input: .object([]),
            output: nil
        )

        func call(_ input: Input, in context: CallContext) async throws(ToolError) -> [String] { [] }
    }

    private struct Fixture: Plugin {
        static let manifest = Manifest(
            id: "org.test",
            version: "1",
            namespace: "test",
            tools: [PictureTool.description, MisdescribedTool.description, UndescribedTool.description],
            auth: AuthRules(roles: [], scopes: [], rules: [])
        )

        let tools: [any Tool] = [PictureTool(), MisdescribedTool(), UndescribedTool()]

        init(configuration: NoConfiguration) throws(ToolError) {}
    }

    @Test(
        arguments: [
            (.text("a"), ["type": "text", "text": "a"]),
            (.image([0xFF], mimeType: "image/png"), ["type": "image", "data": "/w==", "mimeType": "image/png"]),
            (.audio([], mimeType: "audio/wav"), ["type": "audio", "data": "", "mimeType": "audio/wav"]),
            (
                .resource(uri: "note:a", mimeType: "text/plain", .text("b")),
                ["type": "resource", "resource": ["uri": "note:a", "mimeType": "text/plain", "text": "b"]]
            ),
            (
                .resource(uri: "note:a", mimeType: "image/png", .bytes([0])),
                ["type": "resource", "resource": ["uri": "note:a", "mimeType": "image/png", "blob": "AA=="]]
            ),
        ] as [(ContentBlock, JSONValue)]
    )
    func `blocks are written as MCP has them`(block: ContentBlock, document: JSONValue) {
        #expect(block.document == document)
    }

    @Test func `a tool may answer with blocks, and publishes no schema for them`() async throws {
        let host = SourcesInMemory()
        let harness = CallHarness(PictureTool(), host: host, now: Timestamp(seconds: 0))
        let answer = try await harness.call()
        #expect(
            answer == [
                ["type": "text", "text": "Here:"], ["type": "image", "data": "AQIDBA==", "mimeType": "image/png"],
            ]
        )
        #expect(host.changes == [.resource("note:a"), .tools])
        let published = Fixture.manifest.document["tools"]?.array?.first
        #expect(published?["inputSchema"] != nil && published?["outputSchema"] == nil)
    }

    @Test func `the checks find a description that does not fit the answer`() throws {
        let tools = try Fixture(configuration: NoConfiguration()).tools
        #expect(
            Conformance.faults(of: Fixture.self, tools: tools) == [
                "misdescribed: content has no output schema", "undescribed: there is no output schema",
            ]
        )
    }
}

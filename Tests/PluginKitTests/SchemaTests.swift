import JSON
import PluginKit
import Testing

@Suite("Schema")
struct SchemaTests {
    @Test func `a parameter may ask to be repeated in a header field`() {
        let schema = Schema.string("The site.", maximumLength: 64).repeatedInHeader("Site")
        #expect(
            schema.document
                == ["type": "string", "description": "The site.", "maxLength": 64, "x-mcp-header": "Site"]
        )
    }
}

import JSON
import PluginKit
import PluginTesting
import Testing

/// Failures in a form of the tool's own.
@Suite struct OwnWordsTests {
    @Test func `a failure in own words keeps its kind for those who catch it`() {
        let error = ToolError(.notFound, inOwnWords: ["error": "no such job"], detail: "asked twice")
        #expect(error.code == .notFound)
        #expect(error.ownWords == ["error": "no such job"])
        #expect(error.detail == "asked twice" && error.hint == nil && error.asked == nil)
        #expect(ToolError(.notFound, "no such job").ownWords == nil)
    }
}

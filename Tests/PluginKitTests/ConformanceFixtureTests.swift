import ConformanceTools
import PluginKit
import PluginTesting
import Testing

@Suite("The fixture of the conformance suite")
struct ConformanceFixtureTests {
    private let fixture: ConformanceFixture

    init() throws {
        fixture = try ConformanceFixture(configuration: NoConfiguration())
    }

    @Test func `it passes the checks for plugins`() {
        #expect(Conformance.faults(of: ConformanceFixture.self, tools: fixture.tools) == [])
        #expect(fixture.resources.map { type(of: $0).description } == ConformanceFixture.manifest.resources)
        #expect(fixture.prompts.map { type(of: $0).description } == ConformanceFixture.manifest.prompts)
    }

    @Test func `what comes and goes is not there at first`() {
        #expect(fixture.furtherTools.isEmpty && fixture.furtherPrompts.isEmpty)
    }
}

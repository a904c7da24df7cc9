import GatewayCore
import MCPModel
import Testing

@Suite("Revision")
struct RevisionTests {
    @Test func `the newest is offered first, and all are`() {
        #expect(Revision.offered.map(\.name) == ["2026-07-28", "2025-11-25", "2025-06-18", "2025-03-26"])
    }

    @Test func `sessions end with 2026`() {
        #expect(Revision.allCases.filter(\.isSession) == [.march2025, .june2025, .november2025])
        #expect(Revision.newestSession == .november2025)
    }

    @Test func `each can do what its specification says`() {
        #expect(Revision.allCases.filter(\.allowsBatch) == [.march2025])
        #expect(Revision.allCases.filter(\.hasVersionHeader) == [.june2025, .november2025, .july2026])
        #expect(Revision.allCases.filter(\.hasTitles) == [.june2025, .november2025, .july2026])
        #expect(Revision.allCases.filter(\.hasIcons) == [.november2025, .july2026])
        #expect(Revision.allCases.filter(\.hasExtensions) == [.november2025, .july2026])
        #expect(Revision.allCases.filter(\.hasOutputSchema) == [.june2025, .november2025, .july2026])
        #expect(Revision.allCases.filter(\.hasStructuredContent) == [.june2025, .november2025, .july2026])
        #expect(Revision.allCases.filter(\.demandsStructuredObject) == [.march2025, .june2025, .november2025])
        #expect(Revision.allCases.filter(\.hasResourceLinks) == [.june2025, .november2025, .july2026])
        #expect(Revision.allCases.filter(\.hasResultType) == [.july2026])
        #expect(Revision.allCases.filter(\.hasCacheHints) == [.july2026])
        #expect(Revision.allCases.filter(\.namesServerInResults) == [.july2026])
    }

    @Test func `revisions that publish tools alike share a form`() {
        #expect(Revision.allCases.map(\.toolForm) == [.plain, .titled, .pictured, .full])
    }
}

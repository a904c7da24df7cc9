import EPICTools
import JSON
import PluginKit
import Testing

/// A site tries the tools on the sample in SQLite, and works with them on PostgreSQL.
@Suite struct SameAnswerTests {
    private static let tools: [String] = {
        let tools = try? EPIC(configuration: .init()).tools
        // What changes something is tried on testbeds that can be changed.
        return (tools ?? []).map { type(of: $0).description }.filter { $0.effect == .reads }.map(\.name)
    }()

    @Test func `every tool is asked, by each of its arguments`() throws {
        for tool in try EPIC(configuration: .init()).tools {
            let description = type(of: tool).description
            guard Self.tools.contains(description.name) else { continue }
            let asked = ToolQuestions.all.filter { $0.tool == description.name }
                .flatMap { $0.arguments.members.map(\.name) }
            let names = description.input.document["properties"]?.object?.members.map(\.name) ?? []
            #expect(Set(asked).isSuperset(of: Set(names).subtracting(["cursor"])), "\(description.name)")
        }
    }

    @Test(arguments: tools) func `gives the same answer on PostgreSQL as on SQLite`(_ tool: String) async throws {
        let sqlite = try SampleSite.shared.get()
        var fruitful = 0
        for question in ToolQuestions.all where question.tool == tool {
            let expected = try await ToolOutcome.pages(of: question, on: sqlite)
            for kind in PostgresSites.Kind.allCases {
                let outcomes = try await ToolOutcome.pages(of: question, on: PostgresSites.site(kind))
                #expect(outcomes.count == expected.count, "\(question)")
                for (outcome, other) in zip(outcomes, expected) where outcome != other {
                    Issue.record("\(question) on the \(kind) one: \(outcome.difference(from: other))")
                }
            }
            if expected.contains(where: \.isFruitful) { fruitful += 1 }
        }
        let description = EPIC.manifest.tools.first { $0.name == tool }
        let isAlwaysTheSame = description?.input.document["properties"]?.object?.members.isEmpty ?? true
        #expect(fruitful > (isAlwaysTheSame ? 0 : 2), "the questions find something")
    }
}

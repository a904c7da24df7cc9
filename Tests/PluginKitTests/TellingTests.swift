import JSON
import PluginKit
import PluginTesting
import Testing

@Suite("What a tool tells the client")
struct TellingTests {
    private struct CountTool: Tool {
        struct Input: Decodable, Sendable {}
        struct Output: Encodable, Sendable {
            let wantsProgress: Bool
        }

        static let description = ToolDescription(
            name: "count",
            title: "Count",
            summary: "Counts to two.",
            input: .object([]),
            output: .object([.required("wantsProgress", .boolean())])
        )

        func call(_ input: Input, in context: CallContext) async throws(ToolError) -> Output {
            context.progress(1, total: 2, note: "one")
            context.tell(.info, "half")
            context.tell(.warning, data: ["left": 1], logger: "count")
            context.progress(2, total: 2)
            return Output(wantsProgress: context.wants.progress)
        }
    }

    private static let half = SourcesInMemory.Message(.info, "half")
    private static let left = SourcesInMemory.Message(.warning, ["left": 1], logger: "count")

    @Test(
        arguments: [
            (Wants(), [], []),
            (Wants(progress: true), [1, 2], []),
            (Wants(messages: .warning), [], [left]),
            (Wants(messages: .error), [], []),
            (Wants(progress: true, messages: .debug), [1, 2], [half, left]),
        ] as [(Wants, [Double], [SourcesInMemory.Message])]
    )
    func `only what the client asked for is told`(
        wants: Wants,
        progress: [Double],
        messages: [SourcesInMemory.Message]
    ) async throws {
        let host = SourcesInMemory()
        let harness = CallHarness(CountTool(), host: host, now: Timestamp(seconds: 0), wants: wants)
        #expect(try await harness.call() == ["wantsProgress": .bool(wants.progress)])
        #expect(host.progress == progress)
        #expect(host.messages == messages)
    }

    @Test func `the harness stands for a client that wants everything`() async throws {
        let host = SourcesInMemory()
        _ = try await CallHarness(CountTool(), host: host, now: Timestamp(seconds: 0)).call()
        #expect(host.progress == [1, 2])
        #expect(host.messages == [Self.half, Self.left])
    }

    @Test func `levels are in the order of their seriousness`() {
        #expect(MessageLevel.allCases.sorted() == MessageLevel.allCases)
        #expect(MessageLevel.debug < .info && MessageLevel.alert < .emergency)
    }
}

import JSON
import PluginKit
import PluginTesting
import Synchronization
import Testing

@Suite("Watching a resource")
struct WatchTests {
    /// Says that it changed when its source answers something else.
    private struct CountResource: WatchableResource {
        static let description = ResourceDescription(
            uri: "count:{of}",
            name: "count",
            title: "A count",
            summary: "How many there are.",
            mimeType: "text/plain"
        )

        private func count(_ request: ResourceRequest, _ context: CallContext) async throws(ToolError) -> Int? {
            let of = JSONValue.string(request.variables["of"] ?? "")
            return try await context.source("db").query("SELECT n FROM t WHERE of = $1", [of]).first?.integer("n")
        }

        func read(_ request: ResourceRequest, in context: CallContext) async throws(ToolError) -> ResourceContent {
            .text("\(try await count(request, context) ?? 0)")
        }

        func watch(_ request: ResourceRequest, with watch: ResourceWatch) async throws(ToolError) {
            var last = try await count(request, watch.context)
            while await watch.pause(.seconds(3600)) {
                let now = try await count(request, watch.context)
                if now != last { watch.updated() }
                last = now
            }
        }
    }

    /// Rows that a test changes.
    private final class Counter: Sendable {
        let count = Mutex<Int?>(1)

        var sources: SourcesInMemory {
            SourcesInMemory(query: { query throws(ToolError) in
                guard let count = self.count.withLock({ $0 }) else { throw ToolError(.unavailable, "Down.") }
                return .init(["n"], [[.integer(count)]])
            })
        }
    }

    @Test func `a change is told of at the next look, and no change is not`() async throws {
        let counter = Counter()
        let sources = counter.sources
        let harness = WatchHarness(CountResource(), host: sources, now: Timestamp(seconds: 0))
        try await harness.watching("count:jobs", variables: ["of": "jobs"]) {
            await harness.turn()
            #expect(harness.updates == 0)
            counter.count.withLock { $0 = 2 }
            await harness.turn()
            #expect(harness.updates == 1)
            await harness.turn()
            #expect(harness.updates == 1)
            #expect(!harness.hasEnded)
        }
        #expect(harness.hasEnded)
        #expect(harness.failure == nil)
        #expect(Set(sources.queries.map(\.parameters)) == [["jobs"]])
    }

    @Test func `what cannot be watched ends with an error`() async throws {
        let counter = Counter()
        let harness = WatchHarness(CountResource(), host: counter.sources, now: Timestamp(seconds: 0))
        try await harness.watching("count:jobs", variables: ["of": "jobs"]) {
            counter.count.withLock { $0 = nil }
            await harness.turn()
            #expect(harness.hasEnded)
            await harness.turn()
        }
        #expect(harness.failure?.code == .unavailable)
        counter.count.withLock { $0 = 1 }
        try await harness.watching("count:jobs", variables: ["of": "jobs"]) {
            await harness.turn()
            #expect(!harness.hasEnded)
        }
        #expect(harness.failure == nil)
    }

    @Test func `a test that fails ends the watch`() async {
        struct Failed: Error {}
        let harness = WatchHarness(CountResource(), host: Counter().sources, now: Timestamp(seconds: 0))
        await #expect(throws: Failed.self) {
            try await harness.watching("count:jobs", variables: ["of": "jobs"]) { throw Failed() }
        }
        #expect(harness.hasEnded)
    }
}

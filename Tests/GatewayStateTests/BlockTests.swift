import GatewayState
import Testing

@Suite("Blocks in the state store")
struct BlockTests {
    private func block(
        _ name: String,
        _ kind: BlockRecord.Kind = .tool,
        reason: String = "leaks",
        since: Int64 = 5
    ) -> BlockRecord {
        BlockRecord(kind: kind, name: name, reason: reason, by: "root", since: since)
    }

    @Test(arguments: Engine.allCases) func `a block comes, changes and goes, seen by every store of the file`(
        _ engine: Engine
    ) async throws {
        let place = try await engine.place()
        let (one, other) = (try await place.open(), try await place.open())
        #expect(try await other.blocks() == [])
        try await one.add(block("epic_jobs"))
        try await one.add(block("epic", .namespace))
        try await one.add(block("epic", .plugin))
        let all = [block("epic", .namespace), block("epic", .plugin), block("epic_jobs")]
        #expect(try await other.blocks() == all)
        try await other.add(block("epic_jobs", reason: "still leaks", since: 9))
        #expect(try await one.blocks().last == block("epic_jobs", reason: "still leaks", since: 9))
        #expect(try await one.removeBlock(.namespace, "epic"))
        #expect(try await !one.removeBlock(.namespace, "epic"))
        try await one.prune(at: 1_000_000_000)
        #expect(try await other.blocks().map(\.kind) == [.plugin, .tool], "a block has no end of its own")
    }
}

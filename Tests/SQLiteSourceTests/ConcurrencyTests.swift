import GatewayCore
import JSON
import SQLiteSource
import Testing

struct ConcurrencyTests {
    @Test func `statements run side by side`() async throws {
        let source = try SampleDatabase().source(readers: 2)
        let long = Task { try? await source.rows(endless, within: .seconds(600)) }
        #expect(try await source.json("SELECT 1") == "[[1]]")
        long.cancel()
        _ = await long.value
    }

    @Test func `more statements than connections are all answered`() async throws {
        let source = try SampleDatabase().source(readers: 2, waiting: 64)
        let answers = await withTaskGroup(of: String?.self) { group in
            for number in 0..<60 {
                group.addTask { try? await source.json("SELECT $1 + 0", [.integer(number)]) }
            }
            return await group.reduce(into: Set<String>()) { all, answer in
                if let answer { all.insert(answer) }
            }
        }
        #expect(answers == Set((0..<60).map { "[[\($0)]]" }))
    }

    @Test func `with nobody allowed to wait the next is refused`() async throws {
        let source = try SampleDatabase().source(readers: 1, waiting: 0)
        let failures = await withTaskGroup(of: SourceError?.self) { group in
            for _ in 0..<2 {
                group.addTask { await source.failure(endless) }
            }
            let refused = await group.next().flatMap { $0 }
            group.cancelAll()
            return (refused: refused, running: await group.next().flatMap { $0 })
        }
        #expect(failures.refused == .unavailable(detail: "busy: everything is in use and 0 wait"))
        #expect(failures.running == .cancelled)
        #expect(try await source.json("SELECT 1") == "[[1]]")
    }

    @Test func `closing refuses who waits and lets the running statement be cancelled`() async throws {
        let source = try SampleDatabase().source(readers: 1)
        let long = Task { try? await source.rows(endless, within: .seconds(600)) }
        while await source.failure("SELECT 1", within: .milliseconds(20)) == nil {}
        async let waiting = source.failure("SELECT 1")
        await source.close()
        #expect(await waiting == .unavailable(detail: "the source is closed"))
        long.cancel()
        #expect(await long.value == nil)
    }
}

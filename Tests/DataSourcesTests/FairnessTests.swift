import DataSources
import GatewayCore
import TestSupport
import Testing

@Suite("Turns at a source that several plugins share", .timeLimit(.minutes(1)))
struct FairnessTests {
    private static func guarded(_ source: any DataSource, places: Int, waiting: Int = 64) -> GuardedSource {
        GuardedSource(
            name: "panda",
            source,
            limits: SourceLimits(concurrentPerSource: places, waitingPerSource: waiting)
        )
    }

    @Test func `those who wait are served one plugin after the other`() async {
        let held = HeldSource()
        let guarded = Self.guarded(held, places: 1)
        var order: [String] = []
        await withTaskGroup(of: Void.self) { group in
            let all = ["a0", "a1", "a2", "a3", "b1", "b2", "c1"]
            for (number, statement) in all.enumerated() {
                group.addTask { _ = await guarded.failure(statement, for: String(statement.prefix(1))) }
                if number == 0 { await held.waitUntilRunning(1) }
                await Polling.until { guarded.health.waiting >= number }
            }
            for _ in all {
                await held.waitUntilRunning(1)
                order += held.running
                held.letGo()
            }
        }
        #expect(order == ["a0", "a1", "b1", "c1", "a2", "b2", "a3"])
    }

    @Test func `one plugin alone may use every place`() async {
        let held = HeldSource()
        let guarded = Self.guarded(held, places: 3)
        await withTaskGroup(of: SourceError?.self) { group in
            for _ in 0..<3 { group.addTask { await guarded.failure() } }
            await held.waitUntilRunning(3)
            #expect(guarded.health.waiting == 0)
            for _ in 0..<3 { held.letGo() }
        }
    }

    @Test func `once a second plugin has come the last place is kept from the one that holds the others`() async {
        let held = HeldSource()
        let guarded = Self.guarded(held, places: 3)
        await withTaskGroup(of: SourceError?.self) { group in
            group.addTask { await guarded.failure("b0", for: "b") }
            await held.waitUntilRunning(1)
            held.letGo()
            _ = await group.next()
            for _ in 0..<3 { group.addTask { await guarded.failure("a", for: "a") } }
            await held.waitUntilRunning(2)
            await Polling.until { guarded.health.waiting >= 1 }
            #expect(held.running == ["a", "a"])
            group.addTask { await guarded.failure("b1", for: "b") }
            await held.waitUntilRunning(3)
            #expect(held.running == ["a", "a", "b1"])
            held.letGo()
            await held.waitUntilRunning(3)
            #expect(held.running == ["a", "b1", "a"])
            for _ in 0..<3 { held.letGo() }
        }
        #expect(guarded.health.running == 0)
    }

    @Test func `a full line of one plugin leaves the other its own`() async {
        let held = HeldSource()
        let guarded = Self.guarded(held, places: 1, waiting: 1)
        await withTaskGroup(of: SourceError?.self) { group in
            group.addTask { await guarded.failure(for: "a") }
            await held.waitUntilRunning(1)
            group.addTask { await guarded.failure(for: "a") }
            await Polling.until { guarded.health.waiting >= 1 }
            let busy = SourceError.unavailable(detail: "busy: everything is in use and 1 wait")
            #expect(await guarded.failure(for: "a") == busy)
            group.addTask { await guarded.failure(for: "b") }
            await Polling.until { guarded.health.waiting >= 2 }
            #expect(await guarded.failure(for: "b") == busy)
            #expect(guarded.health.status == .ok, "being busy is no failure of the source")
            for _ in 0..<3 {
                await held.waitUntilRunning(1)
                held.letGo()
            }
        }
    }

    @Test func `a plugin's operations carry its namespace`() async {
        let source = FakeSource(rows: .success(.numbers("[]", count: 0)))
        _ = await ServiceDesk(["panda": source]).ask("source.query", #"{"source":"panda","sql":"SELECT 1"}"#)
        #expect(source.queries.map(\.namespace) == ["epic"])
        let web = FakeSource(.http, response: .success(FetchResponse(status: 200, headers: [], body: [])))
        _ = await ServiceDesk(["web": web]).ask("source.request", #"{"source":"web","path":"/"}"#)
        #expect(web.requests.map(\.namespace) == ["epic"])
    }
}

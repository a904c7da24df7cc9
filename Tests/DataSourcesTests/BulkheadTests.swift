import DataSources
import GatewayCore
import JSON
import TestSupport
import Testing

struct BulkheadTests {
    private static func query(_ statement: String, within duration: Duration = .seconds(600)) -> SQLQuery {
        SQLQuery(statement: statement, maximumRows: 1, maximumBytes: 1, deadline: .after(duration))
    }

    private static func failure(_ source: any DataSource, _ query: SQLQuery) async -> SourceError? {
        do throws(SourceError) {
            _ = try await source.query(query)
            return nil
        } catch {
            return error
        }
    }

    private static let busy = SourceError.unavailable(detail: "busy: everything is in use and 0 wait")

    @Test func `so many run, the next is refused when nobody may wait`() async throws {
        let held = HeldSource()
        let registry = SourceRegistry(
            ["panda": held],
            limits: SourceLimits(concurrentPerSource: 2, waitingPerSource: 0)
        )
        let source = try #require(registry["panda"])
        async let one = Self.failure(source, Self.query("1"))
        async let two = Self.failure(source, Self.query("2"))
        await held.waitUntilRunning(2)
        #expect(await Self.failure(source, Self.query("3")) == Self.busy)
        held.letGo()
        held.letGo()
        #expect(await one == nil)
        #expect(await two == nil)
    }

    @Test func `who waits is served in order`() async throws {
        let held = HeldSource()
        let registry = SourceRegistry(
            ["panda": held],
            limits: SourceLimits(concurrentPerSource: 1, waitingPerSource: 3)
        )
        let source = try #require(registry["panda"])
        var order: [String] = []
        await withTaskGroup(of: Void.self) { group in
            group.addTask { _ = await Self.failure(source, Self.query("0")) }
            await held.waitUntilRunning(1)
            for number in 1...3 {
                group.addTask { _ = await Self.failure(source, Self.query("\(number)")) }
                await Polling.until { registry.waitingCount(of: "panda") >= number }
            }
            for _ in 0...3 {
                await held.waitUntilRunning(1)
                order += held.running
                held.letGo()
            }
        }
        #expect(order == ["0", "1", "2", "3"])
    }

    @Test func `one more than may wait is refused`() async throws {
        let held = HeldSource()
        let registry = SourceRegistry(
            ["panda": held],
            limits: SourceLimits(concurrentPerSource: 1, waitingPerSource: 1)
        )
        let source = try #require(registry["panda"])
        async let running = Self.failure(source, Self.query("1"))
        await held.waitUntilRunning(1)
        async let waiting = Self.failure(source, Self.query("2"))
        await Polling.until { registry.waitingCount(of: "panda") >= 1 }
        let expected = SourceError.unavailable(detail: "busy: everything is in use and 1 wait")
        #expect(await Self.failure(source, Self.query("3")) == expected)
        held.letGo()
        await held.waitUntilRunning(1)
        held.letGo()
        #expect(await running == nil)
        #expect(await waiting == nil)
    }

    @Test func `waiting ends at the deadline and when cancelled, and leaves no trace`() async throws {
        let held = HeldSource()
        let registry = SourceRegistry(
            ["panda": held],
            limits: SourceLimits(concurrentPerSource: 1, waitingPerSource: 1)
        )
        let source = try #require(registry["panda"])
        async let running = Self.failure(source, Self.query("1"))
        await held.waitUntilRunning(1)
        #expect(await Self.failure(source, Self.query("2", within: .milliseconds(20))) == .timeout)
        #expect(registry.waitingCount(of: "panda") == 0)
        let waiting = Task { await Self.failure(source, Self.query("3")) }
        await Polling.until { registry.waitingCount(of: "panda") >= 1 }
        waiting.cancel()
        #expect(await waiting.value == .cancelled)
        #expect(registry.waitingCount(of: "panda") == 0)
        held.letGo()
        #expect(await running == nil)
        #expect(held.running.isEmpty)
    }

    @Test func `sources do not hold each other up`() async throws {
        let held = HeldSource()
        let registry = SourceRegistry(
            ["panda": held, "other": FakeSource(rows: .success(.numbers("[]", count: 0)))],
            limits: SourceLimits(concurrentPerSource: 1, waitingPerSource: 0)
        )
        let source = try #require(registry["panda"])
        let other = try #require(registry["other"])
        async let running = Self.failure(source, Self.query("1"))
        await held.waitUntilRunning(1)
        #expect(await Self.failure(other, Self.query("1")) == nil)
        held.letGo()
        #expect(await running == nil)
    }

    @Test func `a registry knows its names and closes what it holds`() async throws {
        let panda = FakeSource(rows: .success(.numbers("[]", count: 0)))
        let web = FakeSource(.http, response: .success(FetchResponse(status: 204, headers: [], body: [])))
        let registry = SourceRegistry(["panda": panda, "bigpanda": web])
        #expect(registry.names == ["bigpanda", "panda"])
        #expect(registry["rucio"] == nil)
        #expect(registry["bigpanda"]?.kind == .http)
        let request = SourceRequest(path: "/", maximumBytes: 1, deadline: .after(.seconds(60)))
        #expect(try await registry["bigpanda"]?.request(request).status == 204)
        await registry.close()
        #expect(panda.isClosed && web.isClosed)
        let source = try #require(registry["panda"])
        #expect(await Self.failure(source, Self.query("1")) == .unavailable(detail: "the source is closed"))
    }

    @Test func `a plugin is told when a source is busy`() async throws {
        let held = HeldSource()
        let registry = SourceRegistry(
            ["panda": held],
            limits: SourceLimits(concurrentPerSource: 1, waitingPerSource: 0)
        )
        let source = try #require(registry["panda"])
        let desk = ServiceDesk(["panda": source])
        async let running = Self.failure(source, Self.query("1"))
        await held.waitUntilRunning(1)
        let answer = await desk.ask("source.query", #"{"source":"panda","sql":"SELECT 1"}"#)
        #expect(answer.status == .unavailable)
        #expect(answer.body.contains("busy"))
        #expect(answer.body.contains(#""retry_after_ms":1000"#))
        held.letGo()
        #expect(await running == nil)
    }
}

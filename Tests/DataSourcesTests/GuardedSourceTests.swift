import DataSources
import GatewayCore
import Synchronization
import TestSupport
import Testing

@Suite("A source behind its walls", .timeLimit(.minutes(1)))
struct GuardedSourceTests {
    private final class Observer: SourceObserving {
        let heard = Mutex<[SourceHealth.Status]>([])

        func statusChanged(of source: String, to health: SourceHealth) {
            heard.withLock { $0.append(health.status) }
        }
    }

    private static let gone = SourceError.unavailable(detail: "connection refused")

    private static func guarded(
        _ source: any DataSource,
        _ clock: TurnedClock = TurnedClock(),
        places: Int = 8,
        waiting: Int = 64,
        failures: Int = 1,
        patience: Duration = .zero,
        observer: Observer? = nil
    ) -> GuardedSource {
        let breaker = BreakerPolicy(
            failures: failures,
            patience: patience,
            firstRest: .seconds(4),
            longestRest: .seconds(30)
        )
        return GuardedSource(
            name: "panda",
            source,
            limits: SourceLimits(concurrentPerSource: places, waitingPerSource: waiting, breaker: breaker),
            observing: observer,
            now: { clock.now },
            jitter: { 0 }
        )
    }

    @Test func `a dead source is not asked again before its rest is over, and recovers by itself`() async {
        let clock = TurnedClock()
        let observer = Observer()
        let source = SwitchedSource(.fails(Self.gone))
        let guarded = Self.guarded(source, clock, observer: observer)
        #expect(await guarded.failure() == Self.gone)
        #expect(await guarded.failure() == .down(retryAfter: .seconds(4)))
        clock.turn(by: .seconds(3))
        #expect(await guarded.failure() == .down(retryAfter: .seconds(1)))
        #expect(source.asked == 1)
        #expect(guarded.health.status == .down)
        #expect(guarded.health.unchangedFor == .seconds(3))
        clock.turn(by: .seconds(1))
        #expect(await guarded.failure() == Self.gone)
        #expect(await guarded.failure() == .down(retryAfter: .seconds(8)))
        source.become(.answers)
        clock.turn(by: .seconds(8))
        #expect(await guarded.failure() == nil)
        #expect(await guarded.failure() == nil)
        let health = guarded.health
        #expect(health.status == .ok && health.breaker == .closed && health.lastFailure == .unavailable)
        #expect(health.timesDown == 1 && health.turnedAway == 3)
        #expect(observer.heard.withLock { $0 } == [.down, .ok])
    }

    @Test func `a failure degrades, as many as it takes bring down`() async {
        let observer = Observer()
        let source = SwitchedSource(.fails(Self.gone))
        let guarded = Self.guarded(source, failures: 3, observer: observer)
        for _ in 0..<2 {
            #expect(await guarded.failure() == Self.gone)
            #expect(guarded.health.status == .degraded)
        }
        #expect(await guarded.failure() == Self.gone)
        #expect(guarded.health.status == .down)
        #expect(observer.heard.withLock { $0 } == [.degraded, .down])
    }

    @Test(
        arguments: [
            (.rejected(detail: "syntax"), .ok), (.invalid("x"), .ok), (.tooLarge, .ok), (.cancelled, .ok),
            (.unsupported, .ok), (.timeout, .down), (.unavailable(detail: "x"), .down),
        ] as [(SourceError, SourceHealth.Status)]
    )
    func `only a source that does not answer goes down`(error: SourceError, status: SourceHealth.Status) async {
        let guarded = Self.guarded(SwitchedSource(.fails(error)))
        #expect(await guarded.failure() == error)
        #expect(guarded.health.status == status)
    }

    @Test(
        arguments: [(.rejected(detail: "x"), .closed), (.tooLarge, .closed), (.invalid("x"), .open)]
            as [(SourceError, CircuitBreaker.State)]
    )
    func `a refusal from the source shows that it is back, one by the driver does not`(
        error: SourceError,
        state: CircuitBreaker.State
    ) async {
        let clock = TurnedClock()
        let source = SwitchedSource(.fails(Self.gone))
        let guarded = Self.guarded(source, clock)
        #expect(await guarded.failure() == Self.gone)
        source.become(.fails(error))
        clock.turn(by: .seconds(4))
        #expect(await guarded.failure() == error)
        #expect(guarded.health.breaker == state)
    }

    @Test(arguments: [(999, SourceHealth.Status.ok), (1000, .down)])
    func `a timeout counts when the source had time enough`(taken: Int, status: SourceHealth.Status) async {
        let clock = TurnedClock()
        let source = SlowSource(clock: clock, taken: .milliseconds(taken))
        let guarded = Self.guarded(source, clock, patience: .seconds(1))
        #expect(await guarded.failure() == .timeout)
        #expect(guarded.health.status == status)
    }

    @Test func `a slow statement does not count when the source answered another one meanwhile`() async {
        let clock = TurnedClock()
        let source = SelectiveSource()
        let guarded = Self.guarded(source, clock)
        async let slow = guarded.failure("slow")
        await source.held.waitUntilRunning(1)
        clock.turn(by: .seconds(1))
        #expect(await guarded.failure() == nil)
        source.held.letGo()
        #expect(await slow == .timeout)
        #expect(guarded.health.status == .ok)

        async let alone = guarded.failure("slow")
        await source.held.waitUntilRunning(1)
        clock.turn(by: .seconds(1))
        source.held.letGo()
        #expect(await alone == .timeout)
        #expect(guarded.health.status == .down)
    }

    @Test func `a hung source ends its calls by the deadline and holds up no other`() async {
        let source = SwitchedSource(.hangs)
        let hung = Self.guarded(source, places: 2, failures: 2)
        let other = Self.guarded(SwitchedSource(.answers))
        // A machine under load may let a deadline pass before the source is asked, which says nothing about it.
        while hung.health.status != .down {
            async let first = hung.failure(by: .after(.milliseconds(50)))
            async let second = hung.failure(by: .after(.milliseconds(50)))
            #expect(await other.failure() == nil)
            #expect(await first == .timeout)
            #expect([.timeout, .down(retryAfter: .seconds(4))].contains(await second))
        }
        #expect(source.asked >= 2)
        #expect(await hung.failure() == .down(retryAfter: .seconds(4)))
        #expect(hung.health.lastFailure == .timeout)
        #expect(hung.health.running == 0 && hung.health.waiting == 0)
        #expect(other.health.status == .ok)
    }

    @Test func `a cancelled call ends a hung operation and says nothing about the source`() async {
        let source = SwitchedSource(.hangs)
        let guarded = Self.guarded(source)
        let call = Task { await guarded.failure() }
        await Polling.until { source.asked >= 1 }
        call.cancel()
        #expect(await call.value == .cancelled)
        #expect(guarded.health.status == .ok && guarded.health.running == 0)
    }

    @Test func `those who wait are turned away as soon as the source is down`() async {
        let held = HeldSource(failing: Self.gone)
        let guarded = Self.guarded(held, places: 1)
        async let first = guarded.failure()
        await held.waitUntilRunning(1)
        async let second = guarded.failure()
        async let third = guarded.failure(for: "atlas")
        await Polling.until { guarded.health.waiting >= 2 }
        held.letGo()
        #expect(await first == Self.gone)
        #expect(await second == .down(retryAfter: .seconds(4)))
        #expect(await third == .down(retryAfter: .seconds(4)))
        #expect(guarded.health.running == 0)
    }

    @Test func `when every place is held past its deadline nobody waits for one`() async {
        let clock = TurnedClock()
        let held = HeldSource()
        let guarded = Self.guarded(held, clock, places: 1)
        let stuck = Task { await guarded.failure(by: Deadline(clock.now.advanced(by: .seconds(60)))) }
        await held.waitUntilRunning(1)
        clock.turn(by: .seconds(61))
        #expect(guarded.health.status == .ok)
        clock.turn(by: .nanoseconds(1))
        #expect(guarded.health.status == .down && guarded.health.overdue == 1)
        #expect(await guarded.failure() == .down(retryAfter: .seconds(4)))
        held.letGo()
        #expect(await stuck.value == nil)
        #expect(guarded.health.status == .ok && guarded.health.overdue == 0)
        async let next = guarded.failure()
        await held.waitUntilRunning(1)
        held.letGo()
        #expect(await next == nil)
    }

    @Test func `two hundred calls to a source that is killed all end`() async {
        let held = HeldSource(failing: Self.gone)
        let guarded = Self.guarded(held, failures: 3)
        let ends = await withTaskGroup(of: SourceError?.self) { group in
            for number in 0..<200 {
                let namespace = ["epic", "atlas", "rubin", "lhcb"][number % 4]
                group.addTask { await guarded.failure(for: namespace) }
            }
            await held.waitUntilRunning(8)
            await Polling.until { guarded.health.waiting >= 192 }
            for _ in 0..<8 { held.letGo() }
            return await group.reduce(into: []) { $0.append($1) }
        }
        let told = ends.count { $0 == Self.gone }
        #expect((3...8).contains(told))
        #expect(ends.count { $0 == .down(retryAfter: .seconds(4)) } == 200 - told)
        #expect(guarded.health.running == 0 && guarded.health.waiting == 0)
        #expect(guarded.health.turnedAway == 200 - told)
    }

    @Test func `a plugin hears at once that a source is down, and the operator once why`() async {
        let clock = TurnedClock()
        let desk = ServiceDesk(["panda": Self.guarded(SwitchedSource(.fails(Self.gone)), clock)])
        let question = #"{"source":"panda","sql":"SELECT 1"}"#
        #expect(await desk.ask("source.query", question).status == .unavailable)
        let answer = await desk.ask("source.query", question)
        #expect(answer.status == .unavailable)
        #expect(answer.body.contains("out of reach") && answer.body.contains(#""retry_after_ms":4000"#))
        #expect(desk.reports.all.map(\.detail) == ["connection refused"])
    }
}

/// A source that takes a while by a clock and then gives up.
private struct SlowSource: DataSource {
    let clock: TurnedClock
    let taken: Duration
    let kind = SourceKind.sql

    func query(_ query: SQLQuery) async throws(SourceError) -> SQLRows {
        clock.turn(by: taken)
        throw .timeout
    }
}

/// Answers, but lets one statement run into its deadline.
private struct SelectiveSource: DataSource {
    let held = HeldSource(failing: .timeout)

    var kind: SourceKind { .sql }

    func query(_ query: SQLQuery) async throws(SourceError) -> SQLRows {
        if query.statement == "slow" { return try await held.query(query) }
        return .numbers("[]", count: 0)
    }
}

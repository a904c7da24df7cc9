import MCPServer
import Testing

@Suite("Plan of watches")
struct WatchPlanTests {
    private static func note(_ name: String, of namespace: String = "epic") -> Subscription.Resource {
        Subscription.Resource(namespace: namespace, local: "note:\(name)")
    }

    private let first = Self.note("a")
    private let second = Self.note("b")

    @Test func `what is wanted is watched once, and stopped once`() {
        var plan = WatchPlan(limit: 10)
        #expect(plan.want(first) == [.start(first)])
        #expect(plan.want(first) == [])
        #expect(plan.count == 1)
        #expect(plan.unwant(first) == [.stop(first)])
        #expect(plan.unwant(first) == [])
        #expect(plan.count == 1, "it has not ended")
        #expect(plan.ended(first, false) == [])
        #expect(plan.count == 0)
        #expect(plan.unwant(first) == [])
        #expect(plan.want(first) == [.start(first)])
    }

    @Test func `what is wanted again before it has ended is begun when it has`() {
        var plan = WatchPlan(limit: 1)
        _ = plan.want(first)
        _ = plan.unwant(first)
        #expect(plan.want(first) == [])
        #expect(plan.unwant(first) == [])
        #expect(plan.want(first) == [])
        #expect(plan.ended(first, false) == [.start(first)])
        #expect(plan.count == 1)
        #expect(plan.unwant(first) == [.stop(first)])
    }

    @Test func `what needs not be asked for is not, and takes no place`() {
        var plan = WatchPlan(limit: 1)
        _ = plan.want(first)
        #expect(plan.want(second) == [])
        #expect(plan.ended(first, true) == [.start(second)])
        #expect(plan.want(first) == [])
        #expect(plan.unwant(first) == [])
        // For another listener the provider is asked again.
        #expect(plan.want(first) == [])
        #expect(plan.unwant(second) == [.stop(second)])
        #expect(plan.ended(second, true) == [.start(first)])
    }

    @Test func `each namespace has its own places, and who waits gets one that is free`() {
        var plan = WatchPlan(limit: 2)
        let other = Self.note("a", of: "rubin")
        let third = Self.note("c")
        #expect(plan.want(first) == [.start(first)])
        #expect(plan.want(second) == [.start(second)])
        #expect(plan.want(third) == [])
        #expect(plan.want(other) == [.start(other)])
        #expect(plan.count == 3)
        #expect(plan.unwant(first) == [.stop(first)])
        #expect(plan.ended(first, false) == [.start(third)])
        _ = plan.want(first)
        #expect(plan.unwant(first) == [], "it only waited")
        _ = plan.unwant(second)
        #expect(plan.ended(second, false) == [])
        #expect(plan.count == 2)
    }

    @Test func `ends of what is not watched change nothing`() {
        var plan = WatchPlan(limit: 1)
        #expect(plan.ended(first, true) == [])
        _ = plan.want(first)
        _ = plan.want(second)
        #expect(plan.ended(second, false) == [])
        #expect(plan.count == 1)
    }
}

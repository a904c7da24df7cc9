import GatewayCore
import MCPServer
import Synchronization
import TestSupport
import Testing

@Suite("Watches of resources")
struct ResourceWatchesTests {
    /// Watches until it is cancelled or told to end.
    private final class Provider: Sendable {
        struct State {
            var begun: [String] = []
            var open: [String: CheckedContinuation<Void, Never>] = [:]
            var ends: [WatchEnd] = []
        }

        let state = Mutex(State())

        var begun: [String] { state.withLock { $0.begun } }
        var open: Set<String> { state.withLock { Set($0.open.keys) } }

        /// With ends given, each watch takes the next of them at once.
        init(ends: [WatchEnd] = []) {
            state.withLock { $0.ends = ends }
        }

        func watch(_ namespace: String, _ uri: String) async -> WatchEnd {
            let name = "\(namespace) \(uri)"
            let end = state.withLock { state in
                state.begun.append(name)
                return state.ends.isEmpty ? nil : state.ends.removeFirst()
            }
            if let end { return end }
            await withTaskCancellationHandler {
                await withCheckedContinuation { continuation in
                    let isOver = state.withLock { state in
                        guard !Task.isCancelled, state.open[name] == nil else { return true }
                        state.open[name] = continuation
                        return false
                    }
                    if isOver { continuation.resume() }
                }
            } onCancel: {
                finish(name)
            }
            return .over
        }

        func finish(_ name: String) {
            state.withLock { $0.open.removeValue(forKey: name) }?.resume()
        }
    }

    private static let owner = StreamOwner(Principal(issuer: "i", subject: "s"))

    private static func note(_ name: String) -> Subscription.Resource {
        Subscription.Resource(namespace: "epic", local: name)
    }

    private func with(
        _ provider: Provider,
        perNamespace: Int = 10,
        _ body: (WatchDemand, ResourceWatches) async throws -> Void
    ) async throws {
        let demand = WatchDemand()
        let limits = ResourceWatches.Limits(
            perNamespace: perNamespace,
            firstRest: .milliseconds(1),
            longestRest: .milliseconds(2),
            pause: .zero
        )
        let watches = ResourceWatches(for: demand, limits: limits, watch: provider.watch)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await watches.run() }
            try await body(demand, watches)
            group.cancelAll()
        }
    }

    @Test func `a resource is watched from the first who wants it to the last`() async throws {
        let provider = Provider()
        try await with(provider) { demand, watches in
            #expect(demand.add([Self.note("a"), Self.note("b")], by: Self.owner))
            await Polling.until("both") { provider.open == ["epic a", "epic b"] }
            #expect(demand.add([Self.note("a")], by: Self.owner))
            demand.remove([Self.note("a"), Self.note("b")], by: Self.owner)
            await Polling.until("b ends") { provider.open == ["epic a"] }
            demand.remove([Self.note("a")], by: Self.owner)
            await Polling.until("a ends") { provider.open == [] && watches.count == 0 }
            #expect(provider.begun.sorted() == ["epic a", "epic b"])
        }
    }

    @Test func `a watch that ends is begun again, and one that needs not be asked for is not`() async throws {
        let provider = Provider(ends: [.over, .over, .over, .over, .unasked])
        try await with(provider) { demand, watches in
            #expect(demand.add([Self.note("a")], by: Self.owner))
            await Polling.until("five watches") { provider.begun.count == 5 && watches.count == 0 }
            demand.remove([Self.note("a")], by: Self.owner)
            #expect(demand.add([Self.note("b")], by: Self.owner))
            await Polling.until("another") { provider.open == ["epic b"] }
            provider.finish("epic b")
            await Polling.until("the same again") { provider.begun.count == 7 && provider.open == ["epic b"] }
            #expect(watches.count == 1)
        }
    }

    @Test func `one that comes and goes is never watched twice at a time`() async throws {
        let provider = Provider()
        try await with(provider) { demand, watches in
            for _ in 0..<200 {
                #expect(demand.add([Self.note("a")], by: Self.owner))
                await Task.yield()
                demand.remove([Self.note("a")], by: Self.owner)
                await Task.yield()
            }
            #expect(demand.add([Self.note("a")], by: Self.owner))
            await Polling.until("the last") { provider.open == ["epic a"] && watches.count == 1 }
            demand.remove([Self.note("a")], by: Self.owner)
            await Polling.until("its end") { provider.open == [] && watches.count == 0 }
        }
    }

    @Test func `one caller watches as many as the limit says, and none more of those that are too many`() {
        let demand = WatchDemand(perOwner: 2)
        let other = StreamOwner(Principal(issuer: "i", subject: "other"))
        #expect(demand.add([Self.note("a")], by: Self.owner))
        #expect(!demand.add([Self.note("b"), Self.note("c")], by: Self.owner))
        #expect(demand.add([Self.note("a")], by: Self.owner))
        #expect(!demand.add([Self.note("b")], by: Self.owner))
        #expect(demand.add([Self.note("b"), Self.note("c")], by: other))
        demand.remove([Self.note("a")], by: Self.owner)
        #expect(demand.add([Self.note("b")], by: Self.owner))
        #expect(demand.add([], by: Self.owner))
    }

    @Test func `places are limited`() async throws {
        let provider = Provider()
        try await with(provider, perNamespace: 2) { demand, watches in
            let notes = ["a", "b", "c", "d"].map(Self.note)
            #expect(demand.add(notes, by: Self.owner))
            await Polling.until("two") { provider.open.count == 2 && watches.count == 2 }
            let open = provider.open
            demand.remove(notes.filter { open.contains("epic \($0.local)") }, by: Self.owner)
            await Polling.until("the others") { provider.open.count == 2 && provider.open.isDisjoint(with: open) }
        }
    }

    @Test func `the end ends all`() async throws {
        let provider = Provider()
        try await with(provider) { demand, _ in
            #expect(demand.add(["a", "b", "c"].map(Self.note), by: Self.owner))
            await Polling.until("all") { provider.open.count == 3 }
        }
        #expect(provider.open == [])
    }
}

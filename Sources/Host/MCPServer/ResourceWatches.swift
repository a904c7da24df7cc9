package import GatewayCore
import Synchronization

/// Has each resource that any stream watches watched by its provider, once for all of them.
package final class ResourceWatches: Sendable {
    /// How many resources are watched, and how often one that cannot be is tried.
    package struct Limits: Hashable, Sendable {
        /// How many resources of one namespace are watched at a time; others wait until one is not wanted any more.
        package var perNamespace: Int
        /// How long a resource that could not be watched is left alone; doubled up to the longest each time.
        package var firstRest: Duration
        package var longestRest: Duration
        /// How long changes of what is wanted are gathered, so that a client that comes and goes costs little.
        package var pause: Duration

        package init(
            perNamespace: Int = 1000,
            firstRest: Duration = .seconds(1),
            longestRest: Duration = .seconds(60),
            pause: Duration = .milliseconds(100)
        ) {
            self.perNamespace = max(1, perNamespace)
            self.firstRest = firstRest
            self.longestRest = max(firstRest, longestRest)
            self.pause = pause
        }
    }

    private struct Ended: Sendable {
        let resource: Subscription.Resource
        let isUnasked: Bool
    }

    private let demand: WatchDemand
    private let limits: Limits
    private let watch: @Sendable (_ namespace: String, _ uri: String) async -> WatchEnd
    private let ended = Mutex<[Ended]>([])
    private let open = Atomic<Int>(0)

    /// Watches what is wanted; `watch` asks the provider, until its task is cancelled.
    package init(
        for demand: WatchDemand,
        limits: Limits = Limits(),
        watch: @escaping @Sendable (_ namespace: String, _ uri: String) async -> WatchEnd
    ) {
        self.demand = demand
        self.limits = limits
        self.watch = watch
    }

    /// How many resources are watched now.
    package var count: Int { open.load(ordering: .relaxed) }

    /// Watches until the task is cancelled.
    ///
    /// To be called once.
    package func run() async {
        await withDiscardingTaskGroup { group in
            var plan = WatchPlan(limit: limits.perNamespace)
            var stops: [Subscription.Resource: AsyncStream<Never>.Continuation] = [:]
            for await _ in demand.signals {
                var steps: [WatchPlan.Step] = []
                for end in ended.withLock({ $0.take() }) {
                    stops[end.resource] = nil
                    steps += plan.ended(end.resource, end.isUnasked)
                }
                for change in demand.take() {
                    steps += change.isWanted ? plan.want(change.resource) : plan.unwant(change.resource)
                }
                for step in steps {
                    switch step {
                    case .stop(let resource): stops.removeValue(forKey: resource)?.finish()
                    case .start(let resource):
                        let (stopped, stop) = AsyncStream.makeStream(of: Never.self)
                        stops[resource] = stop
                        group.addTask { await self.keepWatching(resource, until: stopped) }
                    }
                }
                open.store(plan.count, ordering: .relaxed)
                guard (try? await Task.sleep(for: limits.pause, clock: .suspending)) != nil else { break }
            }
            group.cancelAll()
        }
    }

    private func keepWatching(_ resource: Subscription.Resource, until stopped: AsyncStream<Never>) async {
        let isUnasked = await withTaskGroup(of: Bool.self) { group in
            group.addTask {
                for await _ in stopped {}
                return false
            }
            group.addTask { await self.isUnasked(resource) }
            let isUnasked = await group.next() ?? false
            group.cancelAll()
            return isUnasked
        }
        ended.withLock { $0.append(Ended(resource: resource, isUnasked: isUnasked)) }
        demand.nudge()
    }

    /// Watches, again after a rest when it ends.
    /// - Returns: whether the provider needs not be asked; false when the task was cancelled.
    private func isUnasked(_ resource: Subscription.Resource) async -> Bool {
        var rest = limits.firstRest
        while true {
            let begin = SuspendingClock.now
            guard await watch(resource.namespace, resource.local) != .unasked else { return true }
            // What went well for long enough begins anew.
            if begin.duration(to: .now) >= limits.longestRest { rest = limits.firstRest }
            guard (try? await Task.sleep(for: rest, clock: .suspending)) != nil else { return false }
            rest = min(rest * 2, limits.longestRest)
        }
    }
}

extension Array {
    /// All of it, leaving nothing.
    fileprivate mutating func take() -> [Element] {
        defer { self = [] }
        return self
    }
}

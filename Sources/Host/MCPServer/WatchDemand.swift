import Synchronization

/// Which resources the streams there are watch, all together.
///
/// A change costs the number of resources it is about.
package final class WatchDemand: Sendable {
    private struct State {
        /// How many streams watch each resource.
        var counts: [Subscription.Resource: Int] = [:]
        var changed: Set<Subscription.Resource> = []
        /// How many resources the streams of each caller watch.
        var owners: [StreamOwner: Int] = [:]
        var perOwner: Int
    }

    private let state: Mutex<State>
    private let signal: AsyncStream<Void>.Continuation
    /// Yields when there is something to `take`; for one reader.
    let signals: AsyncStream<Void>

    /// `perOwner` is how many resources the streams of one caller may watch.
    package init(perOwner: Int = 512) {
        state = Mutex(State(perOwner: perOwner))
        (signals, signal) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Keeps to another limit from now on; what is watched stays.
    func adopt(perOwner: Int) {
        state.withLock { $0.perOwner = perOwner }
    }

    /// One stream more watches these.
    /// - Returns: false when that would be too many for one caller; then none is added.
    package func add(_ resources: some Collection<Subscription.Resource>, by owner: StreamOwner) -> Bool {
        guard !resources.isEmpty else { return true }
        let isAdded = state.withLock { state in
            let count = state.owners[owner, default: 0] + resources.count
            guard count <= state.perOwner else { return false }
            state.owners[owner] = count
            for resource in resources { Self.change(resource, by: 1, in: &state) }
            return true
        }
        if isAdded { signal.yield() }
        return isAdded
    }

    /// One stream less watches these, which were added by the same caller.
    package func remove(_ resources: some Collection<Subscription.Resource>, by owner: StreamOwner) {
        guard !resources.isEmpty else { return }
        state.withLock { state in
            let count = state.owners[owner, default: 0] - resources.count
            state.owners[owner] = count > 0 ? count : nil
            for resource in resources { Self.change(resource, by: -1, in: &state) }
        }
        signal.yield()
    }

    /// Lets the reader look again although nothing has changed here.
    func nudge() {
        signal.yield()
    }

    /// The resources that may be wanted or not wanted since the last time, and which of the two.
    func take() -> [(resource: Subscription.Resource, isWanted: Bool)] {
        state.withLock { state in
            defer { state.changed = [] }
            return state.changed.map { ($0, state.counts[$0] != nil) }
        }
    }

    private static func change(_ resource: Subscription.Resource, by step: Int, in state: inout State) {
        let before = state.counts[resource] ?? 0
        let after = before + step
        state.counts[resource] = after > 0 ? after : nil
        if (before == 0) != (after <= 0) { state.changed.insert(resource) }
    }
}

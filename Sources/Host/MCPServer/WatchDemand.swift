import Synchronization

/// Which resources the streams there are watch, all together.
///
/// A change costs the number of resources it is about.
package final class WatchDemand: Sendable {
    private struct State {
        /// How many streams watch each resource.
        var counts: [Subscription.Resource: Int] = [:]
        var changed: Set<Subscription.Resource> = []
    }

    private let state = Mutex(State())
    private let signal: AsyncStream<Void>.Continuation
    /// Yields when there is something to `take`; for one reader.
    let signals: AsyncStream<Void>

    package init() {
        (signals, signal) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// One stream more watches these.
    package func add(_ resources: some Collection<Subscription.Resource>) {
        change(resources, by: 1)
    }

    /// One stream less watches these.
    package func remove(_ resources: some Collection<Subscription.Resource>) {
        change(resources, by: -1)
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

    private func change(_ resources: some Collection<Subscription.Resource>, by step: Int) {
        guard !resources.isEmpty else { return }
        state.withLock { state in
            for resource in resources {
                let before = state.counts[resource] ?? 0
                let after = before + step
                state.counts[resource] = after > 0 ? after : nil
                if (before == 0) != (after <= 0) { state.changed.insert(resource) }
            }
        }
        signal.yield()
    }
}

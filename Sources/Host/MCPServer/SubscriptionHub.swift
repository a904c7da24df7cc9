package import GatewayCore
import Synchronization

/// Brings word of changes to the streams that asked for it.
///
/// Telling costs the number of streams and waits for none of them. What a stream has not read yet is kept once for each
/// list and resource, so that no stream grows however slow its reader is.
package final class SubscriptionHub: Sendable {
    /// Who sees the same.
    private struct Audience: Hashable {
        let view: View
        let principal: Principal

        init(_ subscription: Subscription) {
            view = subscription.view
            principal = subscription.principal
        }
    }

    private struct State {
        var streams: [Audience: [ObjectIdentifier: Subscription]] = [:]
        var count = 0
        var owners: [StreamOwner: Int] = [:]
        var isClosed = false
    }

    /// How many streams there may be.
    package struct Limits: Hashable, Sendable {
        package var streams: Int
        /// How many of them one caller may have; all callers without a token count as one.
        package var streamsPerOwner: Int
        /// How many resources they may watch, each stream counted for itself.
        package var resourcesPerOwner: Int

        package init(streams: Int = 10_000, streamsPerOwner: Int = 100, resourcesPerOwner: Int = 512) {
            self.streams = max(1, streams)
            self.streamsPerOwner = max(1, streamsPerOwner)
            self.resourcesPerOwner = max(1, resourcesPerOwner)
        }
    }

    /// Which resources the streams watch.
    package let demand: WatchDemand
    let watchers = ResourceWatchers()
    private let state = Mutex(State())
    private let limits: Mutex<Limits>

    package init(limits: Limits = Limits()) {
        self.limits = Mutex(limits)
        demand = WatchDemand(perOwner: limits.resourcesPerOwner)
    }

    /// Keeps to other limits from now on; streams there are stay.
    package func adopt(_ limits: Limits) {
        self.limits.withLock { $0 = limits }
        demand.adopt(perOwner: limits.resourcesPerOwner)
    }

    /// How many streams there are.
    package var count: Int { state.withLock { $0.count } }

    /// How many resources they watch.
    package var watchedCount: Int { watchers.count }

    /// Lets a stream in, which must go again; nil when there are too many, or at the end.
    func add(_ subscription: Subscription) -> Bool {
        let limits = limits.withLock { $0 }
        let audience = Audience(subscription)
        let owner = StreamOwner(subscription.principal)
        let isIn = state.withLock { state in
            guard !state.isClosed, state.count < limits.streams,
                state.owners[owner, default: 0] < limits.streamsPerOwner
            else { return false }
            state.streams[audience, default: [:]][ObjectIdentifier(subscription)] = subscription
            state.count += 1
            state.owners[owner, default: 0] += 1
            return true
        }
        guard isIn else { return false }
        guard subscription.enter(demand) else {
            remove(subscription)
            return false
        }
        return true
    }

    func remove(_ subscription: Subscription) {
        subscription.leave()
        let audience = Audience(subscription)
        let owner = StreamOwner(subscription.principal)
        state.withLock { state in
            guard state.streams[audience]?.removeValue(forKey: ObjectIdentifier(subscription)) != nil else { return }
            if state.streams[audience]?.isEmpty == true { state.streams[audience] = nil }
            state.count -= 1
            state.owners[owner, default: 1] -= 1
            if state.owners[owner] == 0 { state.owners[owner] = nil }
        }
    }

    /// Makes a change to a namespace, and tells each stream of the lists that are others for its caller now.
    ///
    /// `fingerprint` tells one list from another as a view shows it to a caller. Of lists in which a caller sees no
    /// change nothing is said: what is hidden does not exist.
    package func telling(
        of namespace: String,
        _ fingerprint: (ListKind, View, Principal) -> UInt64,
        change: () -> Void
    ) {
        let audiences = state.withLock { state in state.streams.keys.filter { $0.view.contains(namespace: namespace) } }
        let before = audiences.map { audience in
            ListKind.allCases.map { fingerprint($0, audience.view, audience.principal) }
        }
        change()
        for (audience, former) in zip(audiences, before) {
            let changed = zip(ListKind.allCases, former).filter { kind, former in
                fingerprint(kind, audience.view, audience.principal) != former
            }
            guard !changed.isEmpty else { continue }
            // A stream that came meanwhile hears of what it has seen already, which does no harm.
            for stream in state.withLock({ state in state.streams[audience].map { Array($0.values) } ?? [] }) {
                for (kind, _) in changed { stream.tell(kind) }
            }
        }
    }

    /// Tells of a resource that has changed to those who watch it.
    package func tellUpdate(of local: String, in namespace: String) {
        let resource = Subscription.Resource(namespace: namespace, local: local)
        for stream in watchers.all(of: resource) { stream.tell(resource) }
    }

    /// Ends all streams there are; their clients come again and find what is new.
    package func endAll() {
        for stream in state.withLock({ state in state.streams.values.flatMap(\.values) }) { stream.end() }
    }

    /// Ends all streams, and lets no more in.
    package func close() {
        state.withLock { $0.isClosed = true }
        endAll()
    }
}

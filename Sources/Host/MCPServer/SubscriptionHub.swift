package import GatewayCore
import Synchronization

/// Brings word of changes to the streams that asked for it.
///
/// Telling costs the number of streams and waits for none of them. What a stream has not read yet is kept once for each
/// list and resource, so that no stream grows however slow its reader is.
package final class SubscriptionHub: Sendable {
    private struct State {
        var streams: [ObjectIdentifier: Subscription] = [:]
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
    package var count: Int { state.withLock { $0.streams.count } }

    /// Lets a stream in, which must go again; nil when there are too many, or at the end.
    func add(_ subscription: Subscription) -> Bool {
        let limits = limits.withLock { $0 }
        let owner = StreamOwner(subscription.principal)
        let isIn = state.withLock { state in
            guard !state.isClosed, state.streams.count < limits.streams,
                state.owners[owner, default: 0] < limits.streamsPerOwner
            else { return false }
            state.streams[ObjectIdentifier(subscription)] = subscription
            state.owners[owner, default: 0] += 1
            return true
        }
        guard isIn else { return false }
        guard subscription.join(demand) else {
            remove(subscription)
            return false
        }
        return true
    }

    func remove(_ subscription: Subscription) {
        let owner = StreamOwner(subscription.principal)
        state.withLock { state in
            guard state.streams.removeValue(forKey: ObjectIdentifier(subscription)) != nil else { return }
            state.owners[owner, default: 1] -= 1
            if state.owners[owner] == 0 { state.owners[owner] = nil }
        }
        subscription.leave()
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
        let streams = state.withLock { Array($0.streams.values) }.filter { $0.view.contains(namespace: namespace) }
        let before = streams.map { stream in stream.wanted.map { ($0, fingerprint($0, stream.view, stream.principal)) }
        }
        change()
        for (stream, lists) in zip(streams, before) {
            for (kind, former) in lists where fingerprint(kind, stream.view, stream.principal) != former {
                stream.tell(kind)
            }
        }
    }

    /// Tells of a resource that has changed to those who watch it.
    package func tellUpdate(of local: String, in namespace: String) {
        let resource = Subscription.Resource(namespace: namespace, local: local)
        for stream in state.withLock({ Array($0.streams.values) }) { stream.tell(resource) }
    }

    /// Ends all streams there are; their clients come again and find what is new.
    package func endAll() {
        for stream in state.withLock({ Array($0.streams.values) }) { stream.end() }
    }

    /// Ends all streams, and lets no more in.
    package func close() {
        state.withLock { $0.isClosed = true }
        endAll()
    }
}

package import GatewayCore
import Synchronization

/// Brings word of changes to the streams that asked for it.
///
/// Telling costs the number of streams and waits for none of them. What a stream has not read yet is kept once for each
/// list and resource, so that no stream grows however slow its reader is.
package final class SubscriptionHub: Sendable {
    private struct State {
        var streams: [ObjectIdentifier: Subscription] = [:]
        var isClosed = false
    }

    private let state = Mutex(State())
    private let limit: Mutex<Int>

    /// A hub for at most so many streams.
    package init(limit: Int = 10_000) {
        self.limit = Mutex(max(1, limit))
    }

    /// Keeps to another limit from now on; streams there are stay.
    package func adopt(limit: Int) {
        self.limit.withLock { $0 = max(1, limit) }
    }

    /// How many streams there are.
    package var count: Int { state.withLock { $0.streams.count } }

    /// Lets a stream in, which must go again; nil when there are too many, or at the end.
    func add(_ subscription: Subscription) -> Bool {
        let limit = limit.withLock { $0 }
        return state.withLock { state in
            guard !state.isClosed, state.streams.count < limit else { return false }
            state.streams[ObjectIdentifier(subscription)] = subscription
            return true
        }
    }

    func remove(_ subscription: Subscription) {
        state.withLock { _ = $0.streams.removeValue(forKey: ObjectIdentifier(subscription)) }
    }

    /// The streams whose caller finds anything of a namespace: `sees` says so for a view and a caller.
    package func audience(of namespace: String, _ sees: (View, Principal) -> Bool) -> Audience {
        let streams = state.withLock { Array($0.streams.values) }
        return Audience(
            streams: streams.filter { $0.view.contains(namespace: namespace) && sees($0.view, $0.principal) }
        )
    }

    /// Tells of lists that have changed; to each stream once, and only of what it asked for.
    package func tell(_ lists: Set<ListKind>, to audiences: Audience...) {
        for stream in audiences.flatMap(\.streams) {
            for kind in ListKind.allCases where lists.contains(kind) { stream.tell(kind) }
        }
    }

    /// Tells of a resource that has changed to those who watch it.
    package func tellUpdate(of local: String, in namespace: String) {
        let resource = Subscription.Resource(namespace: namespace, local: local)
        for stream in state.withLock({ Array($0.streams.values) }) { stream.tell(resource) }
    }

    /// Ends all streams, and lets no more in.
    package func close() {
        let streams = state.withLock { state in
            state.isClosed = true
            return Array(state.streams.values)
        }
        for stream in streams { stream.end() }
    }

    /// Streams that may hear of a change.
    package struct Audience: Sendable {
        fileprivate let streams: [Subscription]
    }
}

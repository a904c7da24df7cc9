import GatewayCore
import MCPModel
import Synchronization

/// What one stream asked to be told of, and what it has not been told yet.
package final class Subscription: Sendable {
    /// A resource as its provider knows it.
    package struct Resource: Hashable, Sendable {
        package let namespace: String
        package let local: String

        package init(namespace: String, local: String) {
            self.namespace = namespace
            self.local = local
        }
    }

    private struct State {
        /// Watched resources, each with the address its watcher gave.
        var watched: [Resource: String]
        var lists: Set<ListKind> = []
        var updated: [String] = []
        var isEnded = false
        /// Who has to know which resources are watched; nil while the stream is in no hub.
        var demand: WatchDemand?
        /// Whether there is another reason to look.
        var isWoken = false
        /// Whether it is told of anything.
        var isListed = false
        var waiter: CheckedContinuation<Void, Never>?

        var hasNews: Bool { !lists.isEmpty || !updated.isEmpty || isWoken || isEnded }

        mutating func takeWaiter() -> CheckedContinuation<Void, Never>? {
            guard hasNews else { return nil }
            defer { waiter = nil }
            return waiter
        }
    }

    let view: View
    let principal: Principal
    let wanted: Set<ListKind>
    private let watchers: ResourceWatchers
    private let state: Mutex<State>

    /// Takes the place of a former stream, if there is one: what that has not told yet goes over.
    init(
        _ caller: Caller,
        lists: Set<ListKind>,
        resources: [Resource: String],
        among watchers: ResourceWatchers,
        after former: Subscription? = nil
    ) {
        view = caller.view
        principal = caller.principal
        wanted = lists
        self.watchers = watchers
        let left =
            former?.state.withLock { state -> (Set<ListKind>, [String]) in
                defer { (state.lists, state.updated) = ([], []) }
                return (state.lists, state.updated)
            } ?? ([], [])
        state = Mutex(State(watched: resources, lists: left.0, updated: left.1))
    }

    func tell(_ kind: ListKind) {
        guard wanted.contains(kind) else { return }
        change { $0.lists.insert(kind) }
    }

    func tell(_ resource: Resource) {
        change { state in
            guard let uri = state.watched[resource], !state.updated.contains(uri) else { return }
            state.updated.append(uri)
        }
    }

    /// Watches a resource from now on.
    /// - Returns: false when that would be too many.
    func watch(_ resource: Resource, as uri: String) -> Bool {
        state.withLock { state in
            guard state.watched[resource] != nil || state.watched.count < ListenRequest.mostResources else {
                return false
            }
            if state.watched[resource] == nil, let demand = state.demand {
                guard demand.add([resource], by: StreamOwner(principal)) else { return false }
            }
            state.watched[resource] = uri
            if state.isListed { watchers.add(self, to: resource) }
            return true
        }
    }

    func unwatch(_ resource: Resource) {
        state.withLock { state in
            guard state.watched.removeValue(forKey: resource) != nil else { return }
            state.demand?.remove([resource], by: StreamOwner(principal))
            watchers.remove(self, from: resource)
        }
    }

    /// Is told of the resources it watches from now on, and says which they are, now and whenever that changes.
    /// - Returns: false when they are too many for one caller.
    func enter(_ demand: WatchDemand) -> Bool {
        state.withLock { state in
            guard demand.add(state.watched.keys, by: StreamOwner(principal)) else { return false }
            state.demand = demand
            state.isListed = true
            for resource in state.watched.keys { watchers.add(self, to: resource) }
            return true
        }
    }

    /// Is told of no resource any more.
    func leave() {
        state.withLock { state in
            state.demand?.remove(state.watched.keys, by: StreamOwner(principal))
            state.demand = nil
            state.isListed = false
            for resource in state.watched.keys { watchers.remove(self, from: resource) }
        }
    }

    func end() {
        change { $0.isEnded = true }
    }

    /// Ends a wait for changes, without one.
    func wake() {
        change { $0.isWoken = true }
    }

    /// What has changed since the last time; nil at the end.
    func take() -> [ChangeNotification]? {
        state.withLock { state in
            state.isWoken = false
            if state.isEnded {
                // A list may have changed by what ended the stream; resources may not be its caller's any more.
                state.updated = []
                guard !state.lists.isEmpty else { return nil }
            }
            defer {
                state.lists = []
                state.updated = []
            }
            return ListKind.allCases.filter(state.lists.contains).map(ChangeNotification.list)
                + state.updated.map(ChangeNotification.resource)
        }
    }

    /// Waits until there is something to take, or the task is cancelled.
    ///
    /// For one task at a time.
    func changed() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isNow = state.withLock { state in
                    if state.hasNews || Task.isCancelled { return true }
                    state.waiter = continuation
                    return false
                }
                if isNow { continuation.resume() }
            }
        } onCancel: {
            let waiter = state.withLock { state in
                defer { state.waiter = nil }
                return state.waiter
            }
            waiter?.resume()
        }
    }

    private func change(_ change: (inout State) -> Void) {
        let waiter = state.withLock { state in
            change(&state)
            return state.takeWaiter()
        }
        waiter?.resume()
    }
}

import GatewayCore
import MCPModel
import Synchronization

/// The resources a session's client watches, and the stream that tells it of them.
final class WatchedResources: Sendable {
    private struct State {
        var resources: [Subscription.Resource: String] = [:]
        weak var stream: Subscription?
    }

    private let state = Mutex(State())

    deinit {
        // The session is over, however it ended.
        end()
    }

    /// Puts another stream in the place of the one there is, which ends.
    ///
    /// `make` is given the resources watched and the former stream; nil leaves all as it is. No resource is watched or
    /// let go of meanwhile.
    func open(_ make: ([Subscription.Resource: String], Subscription?) -> Subscription?) -> Subscription? {
        let (stream, former) = state.withLock { state -> (Subscription?, Subscription?) in
            let former = state.stream
            guard let stream = make(state.resources, former) else { return (nil, nil) }
            state.stream = stream
            return (stream, former)
        }
        former?.end()
        return stream
    }

    /// Watches a resource.
    /// - Returns: false when that would be too many.
    func watch(_ resource: Subscription.Resource, as uri: String) -> Bool {
        state.withLock { state in
            guard state.resources[resource] != nil || state.resources.count < ListenRequest.mostResources else {
                return false
            }
            guard state.stream?.watch(resource, as: uri) ?? true else { return false }
            state.resources[resource] = uri
            return true
        }
    }

    /// Lets go of a resource, by the address its watcher gave or by what it is.
    /// - Returns: whether it was watched.
    func unwatch(_ uri: String, _ resource: Subscription.Resource?) -> Bool {
        state.withLock { state in
            let known = state.resources.first { $0.value == uri }?.key ?? resource
            guard let known, state.resources.removeValue(forKey: known) != nil else { return false }
            state.stream?.unwatch(known)
            return true
        }
    }

    /// Ends the stream, with the session.
    func end() {
        state.withLock { $0.stream }?.end()
    }
}

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

    var all: [Subscription.Resource: String] { state.withLock { $0.resources } }

    /// Makes a stream the one that tells.
    /// - Returns: the one before.
    func attach(_ stream: Subscription) -> Subscription? {
        state.withLock { state in
            defer { state.stream = stream }
            return state.stream
        }
    }

    /// Watches a resource.
    /// - Returns: false when that would be too many.
    func watch(_ resource: Subscription.Resource, as uri: String) -> Bool {
        let (isTaken, stream) = state.withLock { state in
            let isTaken = state.resources[resource] != nil || state.resources.count < ListenRequest.mostResources
            if isTaken { state.resources[resource] = uri }
            return (isTaken, state.stream)
        }
        if isTaken { _ = stream?.watch(resource, as: uri) }
        return isTaken
    }

    func unwatch(_ resource: Subscription.Resource) {
        let stream = state.withLock { state in
            state.resources[resource] = nil
            return state.stream
        }
        stream?.unwatch(resource)
    }

    /// Ends the stream, with the session.
    func end() {
        state.withLock { $0.stream }?.end()
    }
}

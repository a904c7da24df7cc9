import Synchronization

/// Who watches which resource, so that word of one costs nothing to those who watch others.
final class ResourceWatchers: Sendable {
    private let streams = Mutex<[Subscription.Resource: [ObjectIdentifier: Subscription]]>([:])

    func add(_ stream: Subscription, to resource: Subscription.Resource) {
        streams.withLock { $0[resource, default: [:]][ObjectIdentifier(stream)] = stream }
    }

    func remove(_ stream: Subscription, from resource: Subscription.Resource) {
        streams.withLock { streams in
            streams[resource]?[ObjectIdentifier(stream)] = nil
            if streams[resource]?.isEmpty == true { streams[resource] = nil }
        }
    }

    func all(of resource: Subscription.Resource) -> [Subscription] {
        streams.withLock { streams in streams[resource].map { Array($0.values) } ?? [] }
    }

    /// How many resources are watched.
    var count: Int { streams.withLock { $0.count } }
}

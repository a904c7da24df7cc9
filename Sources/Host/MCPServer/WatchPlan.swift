/// What is to be done so that each wanted resource is watched once, and not too many of one namespace.
///
/// Pure: it says what to start and what to stop.
package struct WatchPlan {
    package typealias Resource = Subscription.Resource

    /// What is to be done now, in this order.
    package enum Step: Equatable {
        case start(Resource)
        case stop(Resource)
    }

    private enum Standing {
        case watched
        /// Was told to stop and has not ended.
        case stopping
        /// The same, and is wanted again.
        case restarting
        /// There were too many.
        case waiting
        /// The provider says of changes without being asked.
        case unasked
    }

    /// How many of one namespace are watched at a time.
    package let limit: Int
    private var standings: [Resource: Standing] = [:]
    private var places: [String: Int] = [:]
    private var waiting: [String: Set<Resource>] = [:]

    package init(limit: Int) {
        self.limit = limit
    }

    /// How many are watched, those included that have been told to stop.
    package var count: Int { places.values.reduce(0, +) }

    package mutating func want(_ resource: Resource) -> [Step] {
        switch standings[resource] {
        case .watched, .restarting, .waiting, .unasked: return []
        case .stopping:
            standings[resource] = .restarting
            return []
        case nil:
            waiting[resource.namespace, default: []].insert(resource)
            standings[resource] = .waiting
            return next(resource.namespace)
        }
    }

    package mutating func unwant(_ resource: Resource) -> [Step] {
        switch standings[resource] {
        case nil, .stopping: return []
        case .watched:
            standings[resource] = .stopping
            return [.stop(resource)]
        case .restarting:
            standings[resource] = .stopping
            return []
        case .waiting, .unasked:
            forget(resource)
            return []
        }
    }

    /// Says that watching a resource has ended: because it was told to stop, or because it needs not be asked for.
    package mutating func ended(_ resource: Resource, _ isUnasked: Bool) -> [Step] {
        switch standings[resource] {
        case .restarting where !isUnasked:
            standings[resource] = .watched
            return [.start(resource)]
        case .watched, .restarting: standings[resource] = .unasked
        case .stopping: forget(resource)
        case .waiting, .unasked, nil: return []
        }
        places[resource.namespace, default: 1] -= 1
        if places[resource.namespace] == 0 { places[resource.namespace] = nil }
        return next(resource.namespace)
    }

    private mutating func forget(_ resource: Resource) {
        standings[resource] = nil
        waiting[resource.namespace]?.remove(resource)
        if waiting[resource.namespace]?.isEmpty == true { waiting[resource.namespace] = nil }
    }

    /// Gives a free place to one that waits.
    private mutating func next(_ namespace: String) -> [Step] {
        guard places[namespace, default: 0] < limit, let resource = waiting[namespace]?.first else { return [] }
        forget(resource)
        standings[resource] = .watched
        places[namespace, default: 0] += 1
        return [.start(resource)]
    }
}
